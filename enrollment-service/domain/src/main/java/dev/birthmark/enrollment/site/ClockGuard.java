package dev.birthmark.enrollment.site;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares the site's clock with the identity service's, as of its last answer, advanced by the
 * monotonic clock. While nothing was heard since the process began, the site's clock is trusted:
 * lines that are off line start too. Safe for use by several threads.
 */
public final class ClockGuard {
  /** How far the clocks may differ. */
  public static final Duration BOUND = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final MonotonicClock monotonic;
  private final AtomicReference<Optional<Heard>> last = new AtomicReference<>(Optional.empty());

  private record Heard(Instant time, long nanos) {}

  /** A guard over the site's clock. */
  public ClockGuard(InstantSource clock, MonotonicClock monotonic) {
    this.clock = clock;
    this.monotonic = monotonic;
  }

  /** Takes the time that stood in an answer that has just come in. */
  public void heard(Instant identityTime) {
    last.set(Optional.of(new Heard(identityTime, monotonic.nanos())));
  }

  /** How far the site's clock is from the identity service's, always positive; zero if unknown. */
  public Duration difference() {
    return last.get()
        .map(heard ->
            Duration.between(
                    heard.time().plusNanos(monotonic.nanos() - heard.nanos()), clock.instant())
                .abs())
        .orElse(Duration.ZERO);
  }

  /** Whether the site's clock may be written into certificates. */
  public boolean trusted() {
    return difference().compareTo(BOUND) <= 0;
  }
}
