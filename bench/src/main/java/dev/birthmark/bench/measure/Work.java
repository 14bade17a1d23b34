package dev.birthmark.bench.measure;

import java.time.Duration;

/**
 * What was done in one run, and what it cost.
 *
 * @param done how many operations were completed
 * @param cpuSeconds processor time of the processes that did them
 * @param elapsed time on the wall
 */
public record Work(long done, double cpuSeconds, Duration elapsed) {

  /** Operations per second of processor time; 0 if nothing was done. */
  public double perCpuSecond() {
    return done == 0 || cpuSeconds <= 0 ? 0 : done / cpuSeconds;
  }

  /** Operations per second on the wall. */
  public double perSecond() {
    return done * 1e9 / elapsed.toNanos();
  }
}
