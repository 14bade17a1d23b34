package dev.birthmark.enrollment.issuance;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Members of a group cannot be signed or failed their check: the group rolls back without them. */
final class MembersFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SortedMap<Integer, String> faults;

  /** What is wrong, by ordinal among the honoured members. */
  MembersFailedException(SortedMap<Integer, String> faults) {
    super(faults.size() + " members of the group failed");
    this.faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
  }

  SortedMap<Integer, String> faults() {
    return faults;
  }
}
