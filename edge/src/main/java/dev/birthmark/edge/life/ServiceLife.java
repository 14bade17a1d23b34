package dev.birthmark.edge.life;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/**
 * The life of a service's process, to be run by its main class with {@code
 * Quarkus.run(ServiceLife.class, args)}: once every listener is up, writes the port file and waits
 * for the end. With {@code -Dbirthmark.life-line=stdin} the end comes when standard input ends, so
 * that no service outlives the launcher that holds the other side of the pipe.
 */
public class ServiceLife implements QuarkusApplication {

  /** A system property and nothing else: a test's standard input belongs to the test runner. */
  static final String LIFE_LINE = "birthmark.life-line";

  @Inject PortFile portFile;

  @Override
  public int run(String... arguments) {
    if ("stdin".equals(System.getProperty(LIFE_LINE))) {
      Thread.ofPlatform()
          .daemon()
          .name("life-line")
          .start(() -> LifeLine.await(System.in, () -> Quarkus.asyncExit(0)));
    }
    portFile.write();
    Quarkus.waitForExit();
    return 0;
  }
}
