package dev.birthmark.enrollment.issuance;

import java.time.Duration;

/**
 * How fast the key custody signs, as an exponential average, and so how large a group may be
 * without holding the lock for longer than {@link #BUDGET}. Safe for use by several threads.
 */
final class SigningPace {
  /** How long the signatures of one group may take. */
  static final Duration BUDGET = Duration.ofMillis(200);

  /** The largest group, however fast the custody is. */
  static final int MAX_GROUP = 1000;

  private static final double WEIGHT = 0.2;

  /** Before anything was measured: as slow as a network HSM may be. */
  private static final double FIRST_GUESS = Duration.ofMillis(2).toNanos();

  private double nanosEach = FIRST_GUESS;

  synchronized void measured(int signatures, long nanos) {
    double each = Math.max(1, (double) nanos / signatures);
    nanosEach += WEIGHT * (each - nanosEach);
  }

  synchronized int limit() {
    return (int) Math.clamp(BUDGET.toNanos() / nanosEach, 1, MAX_GROUP);
  }
}
