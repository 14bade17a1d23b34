package dev.birthmark.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do. The limits are generous: a busy machine is no failure. */
final class Waiting {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 20_000_000;

  private Waiting() {}

  /** What must come to hold; a failure to ask counts as not yet. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until the condition holds, and fails with its name if it never does. */
  static void until(String what, Condition condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Exception last = null;
    while (System.nanoTime() - deadline < 0) {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError(what + ": not within " + LIMIT, last);
  }
}
