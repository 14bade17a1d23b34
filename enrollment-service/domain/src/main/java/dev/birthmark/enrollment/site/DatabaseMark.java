package dev.birthmark.enrollment.site;

/**
 * Tells one life of a database from another. A backup that was put back, and a standby that was
 * promoted, show another mark than the one that was stored.
 *
 * @param system PostgreSQL's system identifier, as an unsigned number
 * @param timeline PostgreSQL's timeline, from 1
 */
public record DatabaseMark(long system, int timeline) {
  /** Refuses what no PostgreSQL has. */
  public DatabaseMark {
    if (timeline < 1) {
      throw new IllegalArgumentException("timelines count from 1: " + timeline);
    }
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(system) + "/" + timeline;
  }
}
