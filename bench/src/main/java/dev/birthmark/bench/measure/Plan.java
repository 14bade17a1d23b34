package dev.birthmark.bench.measure;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param warmUp of each side, before anything counts
 * @param run of one side of a pair
 * @param pairs how many, at least 1
 */
public record Plan(Duration warmUp, Duration run, int pairs) {

  /** What figures are reported from. */
  public static final Plan FULL = new Plan(Duration.ofSeconds(30), Duration.ofSeconds(8), 5);

  /** For a look: services are still being compiled while they are measured. */
  public static final Plan QUICK = new Plan(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

  public Plan {
    if (pairs < 1 || run.isNegative() || run.isZero() || warmUp.isNegative()) {
      throw new IllegalArgumentException("a plan that measures nothing");
    }
  }
}
