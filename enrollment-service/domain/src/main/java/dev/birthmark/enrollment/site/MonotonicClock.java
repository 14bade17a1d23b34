package dev.birthmark.enrollment.site;

/**
 * A clock that never goes back and is never set: only differences between its readings mean
 * anything.
 */
@FunctionalInterface
public interface MonotonicClock {
  /** The present reading, in nanoseconds from an arbitrary beginning. */
  long nanos();
}
