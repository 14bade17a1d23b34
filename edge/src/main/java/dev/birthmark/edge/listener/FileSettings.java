package dev.birthmark.edge.listener;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings whose value stands in a file of its own, so that no secret stands in a properties file
 * or an environment: {@code birthmark.database.password-file} is the password of the data source,
 * {@code birthmark.oidc.public-key-file} the PEM public key (RSA) that bearer tokens are verified
 * with. Without the second a Keycloak realm is expected in {@code quarkus.oidc.auth-server-url}.
 *
 * <p>An interceptor and not a source: it sees what every source says of the file's name, the
 * operator's own properties among them.
 */
@Priority(Priorities.LIBRARY + 100)
public final class FileSettings implements ConfigSourceInterceptor {
  private static final long serialVersionUID = 1L;

  private static final String PASSWORD = "quarkus.datasource.password";
  private static final String PASSWORD_FILE = "birthmark.database.password-file";
  private static final String PUBLIC_KEY = "quarkus.oidc.public-key";
  private static final String PUBLIC_KEY_FILE = "birthmark.oidc.public-key-file";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue said = context.proceed(name);
    if (said != null) {
      return said;
    }
    return switch (name) {
      case PASSWORD -> fromFile(context, name, PASSWORD_FILE);
      case PUBLIC_KEY -> fromFile(context, name, PUBLIC_KEY_FILE);
      default -> null;
    };
  }

  private static @Nullable ConfigValue fromFile(
      ConfigSourceInterceptorContext context, String name, String fileSetting) {
    ConfigValue file = context.proceed(fileSetting);
    if (file == null || file.getValue() == null) {
      return null;
    }
    String content = read(fileSetting, file.getValue());
    return ConfigValue.builder()
        .withName(name)
        .withValue(name.equals(PUBLIC_KEY) ? base64(content) : content.strip())
        .withConfigSourceName(fileSetting)
        .build();
  }

  private static String read(String setting, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the file that " + setting + " names cannot be read", e);
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
