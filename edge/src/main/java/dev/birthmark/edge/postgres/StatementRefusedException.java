package dev.birthmark.edge.postgres;

import java.sql.SQLException;

/**
 * The server refused a statement, and nothing was applied: a bug, or a constraint that a store
 * relies on.
 */
public final class StatementRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String sqlState;

  public StatementRefusedException(SQLException cause) {
    super(cause.getMessage(), cause);
    this.sqlState = String.valueOf(cause.getSQLState());
  }

  /** The five characters of the SQLSTATE, such as {@link SqlFailure#UNIQUE_VIOLATION}. */
  public String sqlState() {
    return sqlState;
  }
}
