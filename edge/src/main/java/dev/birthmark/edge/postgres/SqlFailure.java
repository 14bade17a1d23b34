package dev.birthmark.edge.postgres;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/**
 * What an SQL failure says about its cause; the only place that reads SQLSTATEs (PostgreSQL,
 * Appendix A).
 */
public enum SqlFailure {
  /**
   * The world failed: connection lost, disk full, time-out, lock taken. The same statement may
   * succeed later.
   */
  WORLD,
  /** The server refused the statement itself: a bug, or a constraint that the caller relies on. */
  STATEMENT;

  /** SQLSTATE of a unique violation, for stores that let the database find a duplicate. */
  public static final String UNIQUE_VIOLATION = "23505";

  public static SqlFailure of(SQLException failure) {
    var state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      // The pool's own failures carry no SQLSTATE: no connection within the time allowed.
      return WORLD;
    }
    return switch (state.substring(0, 2)) {
      case "08", // connection lost
          "40", // deadlock, serialization
          "53", // disk full, out of memory, too many connections
          "55", // lock not available
          "57", // shut down, starting up, cancelled
          "58" -> // input or output
          WORLD;
      case "25" -> isTimeOut(state) ? WORLD : STATEMENT;
      default ->
          failure instanceof SQLRecoverableException || failure instanceof SQLTransientException
              ? WORLD
              : STATEMENT;
    };
  }

  /** Idle in transaction for too long, transaction too long, or a standby that became read-only. */
  private static boolean isTimeOut(String state) {
    return state.equals("25P03") || state.equals("25P04") || state.equals("25006");
  }

  /**
   * Whether a failed commit leaves its outcome open. An error that the server reports, and
   * survives, means that the transaction was rolled back; after a lost connection or a server that
   * stops, it may have been committed.
   */
  static boolean leavesCommitOpen(SQLException failure) {
    var state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      return true;
    }
    return switch (state.substring(0, 2)) {
      case "08", "53", "57", "58", "XX" -> true;
      default -> state.equals("25P03") || state.equals("25P04");
    };
  }
}
