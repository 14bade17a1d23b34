package dev.birthmark.edge.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which database cluster answers, and on which line of its history. Another identifier is another
 * cluster; another timeline is a restore to an earlier point or the promotion of a standby.
 *
 * @param systemIdentifier PostgreSQL's, made by initdb; an unsigned number that fits a long
 * @param timeline 1 in a new cluster, higher after every restore or promotion
 */
public record DatabaseIdentity(long systemIdentifier, int timeline) {

  /**
   * The query for one row with both: {@code system_identifier}, {@code timeline}. The control file
   * names the timeline of the last checkpoint; the WAL file's name has the present one.
   */
  public static final String QUERY =
      "SELECT system_identifier, ('x' || left(pg_walfile_name(pg_current_wal_lsn()),"
          + " 8))::bit(32)::int AS timeline FROM pg_control_system()";

  /** Reads both from a server that takes writes. */
  public static DatabaseIdentity read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(QUERY)) {
      row.next();
      return new DatabaseIdentity(row.getLong(1), row.getInt(2));
    }
  }
}
