package dev.birthmark.enrollment.site;

import java.util.List;
import java.util.Optional;

/**
 * The one row of a site: standing, open log, how much of the feed was applied, database; and the
 * logs that it closed.
 */
public interface SiteRecords {

  /** The site's row, without a lock; empty before {@link #found}. */
  Optional<SiteHead> head();

  /**
   * Locks the site's row until the transaction ends, then reads it: waits for whoever holds it, and
   * sees what he committed.
   *
   * @throws IllegalStateException if the site was never founded
   */
  SiteHead lock();

  /**
   * Makes the site's row, with the database's present mark.
   *
   * @return false, and nothing is changed, if there is one
   */
  boolean found(Standing standing, LogHead log);

  /** Moves the head of the open log, which must be locked. */
  void move(LogHead log);

  /** Changes the standing; the row must be locked. */
  void stand(Standing standing);

  /** Takes the database's present mark as the site's; the row must be locked. */
  void acceptDatabase();

  /** Keeps the open log as closed and opens the next one in its place; the row must be locked. */
  void succeed(LogHead closed, LogHead next);

  /** The logs that were closed, by ordinal. */
  List<LogHead> closedLogs();
}
