package dev.birthmark.cli.installation;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was built: the folder in which the packaged services lie.
 *
 * @param root the folder; the launcher passes it as the system property {@value #PROPERTY}
 */
public record Distribution(Path root) {

  /** The system property that names the folder. */
  public static final String PROPERTY = "birthmark.distribution";

  /** The distribution that this command belongs to. */
  public static Distribution own() {
    String named = System.getProperty(PROPERTY, "");
    if (named.isBlank()) {
      throw new InstallationException(
          "the services are not at hand: start this command through the birthmark script");
    }
    return new Distribution(Path.of(named).toAbsolutePath());
  }

  /** The jar with which a service is started. */
  public Path jar(ServiceName service) {
    Path jar = root.resolve(service.directory() + "-service").resolve("quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new InstallationException(jar + " is missing; start without --no-build to build it");
    }
    return jar;
  }
}
