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

  /** Reads both from a server that takes writes. */
  public static DatabaseIdentity read(Connection connection) throws SQLException {
    // The control file names the timeline of the last checkpoint; the WAL file's name has the
    // present one.
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8)"
                    + " FROM pg_control_system()")) {
      row.next();
      return new DatabaseIdentity(row.getLong(1), Integer.parseInt(row.getString(2), 16));
    }
  }
}
