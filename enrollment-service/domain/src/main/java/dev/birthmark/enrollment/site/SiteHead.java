package dev.birthmark.enrollment.site;

import dev.birthmark.credential.feed.Position;
import java.util.Optional;

/**
 * The one row of a site.
 *
 * @param standing towards the identity service
 * @param log the head of the open log
 * @param feed the last change of trust that was applied; empty before the first
 * @param stored the database in which the site was when it last stood well
 * @param current the database in which this was read
 */
public record SiteHead(
    Standing standing,
    LogHead log,
    Optional<Position> feed,
    DatabaseMark stored,
    DatabaseMark current) {

  /** Whether the records stand in the database that wrote them, not in a copy that was put back. */
  public boolean inItsDatabase() {
    return stored.equals(current);
  }
}
