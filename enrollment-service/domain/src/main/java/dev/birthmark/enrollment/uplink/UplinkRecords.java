package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.log.LogId;
import java.util.Optional;

/**
 * How far the two streams are. What is pushed stands apart from the site's row, so that pushing and
 * issuing do not wait for each other.
 */
public interface UplinkRecords {

  /** How much of a log is registered; size 0 if nothing was ever pushed. */
  Registered registered(LogId log);

  /** Sets how much of a log is registered, also to less than before (its mirror was put back). */
  void register(Registered registered);

  /** The last change of the feed that was applied; empty before the first. */
  Optional<StoredChange> lastChange();

  /**
   * Keeps a change as the last one, and its position in the site's row, which must be locked.
   *
   * @throws RuntimeException if there is a change at this position: the transaction fails
   */
  void keep(StoredChange change);
}
