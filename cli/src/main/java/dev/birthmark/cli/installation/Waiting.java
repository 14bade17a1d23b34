package dev.birthmark.cli.installation;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do, which nobody announces. */
final class Waiting {

  private static final long PAUSE_MILLIS = 20;

  private Waiting() {}

  /**
   * Looks every 20 milliseconds.
   *
   * @return whether the condition held before the patience ran out
   */
  static boolean until(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InstallationException("interrupted", e);
      }
    }
    return true;
  }
}
