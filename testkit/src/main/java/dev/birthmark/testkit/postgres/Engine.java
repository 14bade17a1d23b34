package dev.birthmark.testkit.postgres;

import java.util.List;

/** Where a PostgreSQL server for tests comes from. */
public enum Engine {
  /** PostgreSQL binaries from the class path, started as a child process. Runs everywhere. */
  EMBEDDED,
  /** The distribution's PostgreSQL in a container whose image is built on the spot. */
  CONTAINER;

  /**
   * The engines that can run here, the embedded one first. The container engine is listed where a
   * container could really be started and {@code -Dbirthmark.test.containers} is not {@code false};
   * the first call that asks may therefore take as long as an image build.
   */
  public static List<Engine> available() {
    return PostgresForTests.find(CONTAINER).isPresent()
        ? List.of(EMBEDDED, CONTAINER)
        : List.of(EMBEDDED);
  }
}
