package dev.birthmark.cli.installation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings files of the two services, written anew at every start. */
final class ServiceSettings {

  private static final String HEADER =
      """
      # Written by the birthmark command at every start; a change here does not last.
      # Settings of your own go into %s.
      """;

  private ServiceSettings() {}

  /** The file that a service is started with. */
  static Path file(Home home, ServiceName service) {
    return home.service(service).resolve(service.directory() + ".properties");
  }

  /** The operator's own settings, which come first where they exist. */
  static Path ownFile(Home home, ServiceName service) {
    return home.service(service).resolve(service.directory() + "-own.properties");
  }

  static void write(Home home, Ports ports) {
    for (ServiceName service : ServiceName.values()) {
      StringBuilder text =
          new StringBuilder(HEADER.formatted(ownFile(home, service).getFileName()));
      settings(home, ports, service)
          .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
      PrivateFiles.secret(file(home, service), text.toString());
    }
  }

  private static Map<String, Object> settings(Home home, Ports ports, ServiceName service) {
    Path directory = home.service(service);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + service.directory());
    settings.put("quarkus.datasource.username", service.directory());
    settings.put("birthmark.database.password-file", directory.resolve("db.password"));
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("birthmark.tls.certificate", directory.resolve("tls.pem"));
    settings.put("birthmark.tls.key", directory.resolve("tls-key.pem"));
    settings.put("birthmark.oidc.public-key-file", home.operator().resolve("token-public.pem"));
    settings.put("birthmark.port-file", home.portFile(service));
    settings.put("quarkus.management.host", "127.0.0.1");
    settings.put("quarkus.management.port", 0);
    switch (service) {
      case IDENTITY -> {
        settings.put("quarkus.http.ssl-port", ports.identity());
        settings.put("birthmark.identity.directory", directory);
        settings.put("birthmark.device.host", "127.0.0.1");
        settings.put("birthmark.device.port", ports.device());
        settings.put("birthmark.device.url", ports.deviceUrl());
        settings.put("birthmark.publication.host", "127.0.0.1");
        settings.put("birthmark.publication.port", ports.publication());
        settings.put("birthmark.base-url", new KeyCeremony(home).base());
        settings.put("birthmark.token.issuer", ports.identityUrl());
        settings.put("birthmark.identity.tls-roots", home.tlsRoot());
      }
      case ENROLLMENT -> {
        settings.put("quarkus.http.ssl-port", ports.enrollment());
        settings.put("birthmark.site.directory", directory);
        settings.put("birthmark.identity.url", ports.identityUrl());
      }
    }
    return settings;
  }
}
