package dev.birthmark.bench.measure;

import java.time.Duration;

/** One of two things that are compared. */
@FunctionalInterface
public interface Side {

  /** Works for about that long. */
  Work run(Duration time);
}
