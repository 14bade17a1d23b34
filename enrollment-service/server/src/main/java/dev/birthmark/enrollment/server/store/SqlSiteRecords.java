package dev.birthmark.enrollment.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.edge.postgres.DatabaseIdentity;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.site.DatabaseMark;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteRecords;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The one row of table {@code site}, and table {@code closed_log}. */
final class SqlSiteRecords implements SiteRecords {

  private static final String HEAD =
      "SELECT site.*, m.system_identifier, m.timeline FROM site, ("
          + DatabaseIdentity.QUERY
          + ") m";

  private final Statements sql;

  SqlSiteRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<SiteHead> head() {
    return sql.first(HEAD, SqlSiteRecords::siteHead);
  }

  @Override
  public SiteHead lock() {
    return sql.first(HEAD + " FOR UPDATE OF site", SqlSiteRecords::siteHead)
        .orElseThrow(() -> new IllegalStateException("the site was never founded"));
  }

  @Override
  public boolean found(Standing standing, LogHead log) {
    return sql.update(
            "INSERT INTO site SELECT 1, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL,"
                + " m.system_identifier, m.timeline FROM ("
                + DatabaseIdentity.QUERY
                + ") m ON CONFLICT (id) DO NOTHING",
            standing.state().label(),
            standing.reason(),
            log.ordinal(),
            log.origin(),
            log.size(),
            log.edge().encode(),
            log.checkpoint(),
            log.time())
        == 1;
  }

  @Override
  public void move(LogHead log) {
    sql.update(
        "UPDATE site SET ordinal = ?, origin = ?, size = ?, edge = ?, checkpoint = ?, head_time = ?",
        log.ordinal(),
        log.origin(),
        log.size(),
        log.edge().encode(),
        log.checkpoint(),
        log.time());
  }

  @Override
  public void stand(Standing standing) {
    sql.update(
        "UPDATE site SET state = ?, reason = ?", standing.state().label(), standing.reason());
  }

  @Override
  public void acceptDatabase() {
    sql.update(
        "UPDATE site SET database_system = m.system_identifier, database_timeline = m.timeline"
            + " FROM ("
            + DatabaseIdentity.QUERY
            + ") m");
  }

  @Override
  public void succeed(LogHead closed, LogHead next) {
    sql.update(
        "INSERT INTO closed_log (ordinal, origin, size, edge, checkpoint, head_time)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        closed.ordinal(),
        closed.origin(),
        closed.size(),
        closed.edge().encode(),
        closed.checkpoint(),
        closed.time());
    move(next);
  }

  @Override
  public List<LogHead> closedLogs() {
    return sql.query("SELECT * FROM closed_log ORDER BY ordinal", SqlSiteRecords::logHead);
  }

  private static SiteHead siteHead(ResultSet row) throws SQLException {
    long number = row.getLong("feed_number");
    Optional<Position> feed =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Position(row.getLong("feed_incarnation"), number));
    return new SiteHead(
        new Standing(SiteState.of(row.getString("state")), row.getString("reason")),
        logHead(row),
        feed,
        new DatabaseMark(row.getLong("database_system"), row.getInt("database_timeline")),
        new DatabaseMark(row.getLong("system_identifier"), row.getInt("timeline")));
  }

  private static LogHead logHead(ResultSet row) throws SQLException {
    try {
      return new LogHead(
          row.getInt("ordinal"),
          row.getString("origin"),
          RightEdge.decode(row.getLong("size"), row.getBytes("edge")),
          row.getString("checkpoint"),
          Statements.instant(row, "head_time"));
    } catch (MalformedException e) {
      throw new IllegalStateException("the stored right edge is damaged", e);
    }
  }
}
