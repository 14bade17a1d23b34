package dev.birthmark.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A small process that outlives this one by a moment: when the pipe to it breaks, however that came
 * about, it waits until PostgreSQL has gone and deletes the demo's directory. So nothing stays
 * behind even where this process had no chance to clean up.
 */
final class Undertaker {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      tries=0
      while [ -e "$1/pg/postmaster.pid" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
      tries=0
      while [ -e "$1" ] && [ $tries -lt 20 ]; do rm -rf "$1" 2>/dev/null || sleep 0.2; tries=$((tries + 1)); done
      """;

  private final Process process;

  private Undertaker(Process process) {
    this.process = process;
  }

  /** Sets one up for that directory. */
  static Undertaker of(Path directory) {
    try {
      return new Undertaker(
          new ProcessBuilder("sh", "-c", SCRIPT, "birthmark-demo", directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new StepFailed("cannot start sh: " + e.getMessage());
    }
  }

  /** The directory is to stay. */
  void dismiss() {
    process.destroyForcibly();
  }

  /** Lets it do its work now, and waits for it. */
  void bury() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
