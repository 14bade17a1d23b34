package dev.birthmark.identity.authentication;

/** A clock that never goes back, for ages. */
@FunctionalInterface
public interface MonotonicClock {
  /** Nanoseconds since some moment; only differences mean anything. */
  long nanos();
}
