package dev.birthmark.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Sites;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.KeyCeremony;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.installation.ServiceName;
import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.custody.SoftwareKey;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.trust.SiteBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;

/** A second factory of the same platform: its own ceremony, keys, database and process. */
final class SecondSite implements AutoCloseable {
  private final Platform platform;
  private final Home home;
  private final ServiceProcess process;
  private final ServiceClient enrollment;

  private SecondSite(Platform platform, Home home, ServiceProcess process) {
    this.platform = platform;
    this.home = home;
    this.process = process;
    this.enrollment =
        new ServiceClient(platform.http(), process.url(), Audience.ENROLLMENT, platform.operator());
  }

  /** Holds the ceremony, registers the site, starts its service and waits until it issues. */
  static SecondSite start(Platform platform) throws IOException, SQLException {
    Home home = new Home(Platform.folder("second-site"));
    new KeyCeremony(home)
        .hold(
            KeyCeremony.usualPlan(platform.ports().publicationUrl())
                .replace("site-1", "site-2")
                .replace("O=Example", "O=Second"));
    String identity = new Sites(platform.identity()).add(Files.readString(home.siteBundle()));
    PrivateFiles.open(home.identityBundle(), identity);

    String database = "jdbc:postgresql://127.0.0.1:" + platform.ports().postgres() + "/";
    Path password = platform.home().operator().resolve("postgres.password");
    try (Connection connection =
            DriverManager.getConnection(
                database + "postgres", "postgres", Files.readString(password).strip());
        var sql = connection.createStatement()) {
      sql.execute("CREATE DATABASE second");
    }
    Path first = platform.home().service(ServiceName.ENROLLMENT);
    Path settings = first.resolve("enrollment.properties");
    ServiceProcess process =
        ServiceProcess.start(
            ServiceName.ENROLLMENT,
            home.root().resolve("process"),
            settings,
            Map.of(
                "quarkus.http.ssl-port",
                "0",
                "quarkus.datasource.jdbc.url",
                database + "second",
                "quarkus.datasource.username",
                "postgres",
                "birthmark.database.password-file",
                password.toString(),
                "birthmark.site.directory",
                home.service(ServiceName.ENROLLMENT).toString(),
                "birthmark.enrollment.await-registration",
                "PT30S"));
    SecondSite site = new SecondSite(platform, home, process);
    Sites.awaitOpen(site.enrollment);
    return site;
  }

  /** Its API. */
  ServiceClient enrollment() {
    return enrollment;
  }

  /** Enrolls a device, with whatever key. */
  Device enroll(String id, DeviceKey key) {
    var order =
        Platform.json()
            .put("id", "second-" + id)
            .put("model", "thermostat-t7")
            .put("lot", "second")
            .put("quantity", 1);
    Enrollments enrollments = new Enrollments(enrollment);
    enrollments.open(order);
    JsonNode answer =
        enrollments.enroll("second-" + id, new Enrollments.Row(id, key.requestBase64(id))).body();
    return new Device(id, key, answer);
  }

  /** What the ceremony said of it. */
  SiteBundle bundle() {
    return Trust.siteBundle(home.siteBundle(), Trust.verifier());
  }

  /** The CA's real key. */
  SoftwareKey issuerKey() {
    Path directory = home.service(ServiceName.ENROLLMENT);
    return KeyFiles.readPkcs12(
        directory.resolve("issuer.p12"),
        directory.resolve("issuer.pass"),
        SignatureAlgorithm.ECDSA_SHA256,
        Providers.detect());
  }

  /** The log's real key. */
  SoftwareKey logKey() {
    return KeyFiles.readPem(
        home.service(ServiceName.ENROLLMENT).resolve("log-key.pem"),
        SignatureAlgorithm.ED25519,
        Providers.detect());
  }

  /** Connects to the identity service as the site does. */
  HttpClient uplink() throws IOException, GeneralSecurityException {
    Path directory = home.service(ServiceName.ENROLLMENT);
    String body =
        Files.readString(directory.resolve("site-client-key.pem"))
            .replaceAll("-----[A-Z ]+-----", "");
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(directory.resolve("site-client.pem"))));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("site", key, new char[0], new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    return HttpClient.newBuilder()
        .sslContext(Tls.context(platform.home().tlsRoot(), keys.getKeyManagers()))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  @Override
  public void close() {
    process.close();
  }
}
