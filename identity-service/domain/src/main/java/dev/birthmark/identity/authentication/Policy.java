package dev.birthmark.identity.authentication;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the operator decided.
 *
 * @param stalenessBound how old the status may be, on the monotonic clock
 * @param allowStaleModels models that are allowed beyond it
 */
public record Policy(Duration stalenessBound, SortedSet<String> allowStaleModels) {
  public Policy {
    if (stalenessBound.isNegative() || stalenessBound.isZero()) {
      throw new IllegalArgumentException("the staleness bound is not positive");
    }
    allowStaleModels = Collections.unmodifiableSortedSet(new TreeSet<>(allowStaleModels));
  }
}
