package dev.birthmark.edge.listener;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings whose value stands in a file of its own, so that no secret stands in a properties file
 * or an environment: {@code birthmark.database.password-file} is the password of the data source,
 * {@code birthmark.oidc.public-key-file} the PEM public key (RSA) that bearer tokens are verified
 * with. Without the second a Keycloak realm is expected in {@code quarkus.oidc.auth-server-url}.
 */
public final class FileSettings implements ConfigSourceFactory {

  private static final int ORDINAL =
      275; // above the service's defaults, below environment and system properties

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Map<String, String> settings = new TreeMap<>();
    var password = context.getValue("birthmark.database.password-file").getValue();
    if (password != null) {
      settings.put("quarkus.datasource.password", read(password).strip());
    }
    var key = context.getValue("birthmark.oidc.public-key-file").getValue();
    if (key != null) {
      settings.put("quarkus.oidc.public-key", base64(read(key)));
    }
    return List.of(new PropertiesConfigSource(settings, "files named by settings", ORDINAL));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException("a file that the settings name cannot be read", e);
    }
  }

  /** What stands between the PEM lines. */
  private static String base64(String pem) {
    return pem.lines()
        .filter(line -> !line.startsWith("-----"))
        .map(String::strip)
        .collect(Collectors.joining());
  }
}
