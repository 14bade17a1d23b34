package dev.birthmark.edge.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs scripts as transactions at READ COMMITTED on connections of a pool. Not for use inside a JTA
 * transaction.
 *
 * <p>How long a transaction may last, or stay idle, is the session's setting ({@code
 * birthmark.database.transaction-timeout}): a writer that stops loses its locks.
 */
public final class Transactions {

  /** The statements of one transaction; may run again after a {@link NotAppliedException}. */
  @FunctionalInterface
  public interface Script<T> {
    T run(Connection connection) throws SQLException;
  }

  private final DataSource source;

  public Transactions(DataSource source) {
    this.source = source;
  }

  /**
   * Runs the script and commits. What the script throws unchecked is thrown on after the rollback.
   *
   * @throws NotAppliedException if the world failed before the commit
   * @throws OutcomeUnknownException if it failed during the commit
   * @throws StatementRefusedException if the server refused a statement, so that nothing was
   *     applied either
   */
  public <T> T write(Script<T> script) {
    try (var connection = source.getConnection()) {
      return write(connection, script);
    } catch (SQLException e) {
      throw new NotAppliedException(e); // getConnection; failures later on are caught within
    }
  }

  /** Like {@link #write}, in a transaction that reads one snapshot and cannot write. */
  public <T> T read(Script<T> script) {
    return write(connection -> {
      try (var statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      }
      return script.run(connection);
    });
  }

  private static <T> T write(Connection connection, Script<T> script) {
    T result;
    try {
      connection.setAutoCommit(false);
      result = script.run(connection);
    } catch (SQLException e) {
      rollBack(connection, e);
      throw SqlFailure.of(e) == SqlFailure.WORLD
          ? new NotAppliedException(e)
          : new StatementRefusedException(e);
    } catch (RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
    commit(connection);
    return result;
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFailure.leavesCommitOpen(e)) {
        throw new OutcomeUnknownException(e);
      }
      rollBack(connection, e);
      throw SqlFailure.of(e) == SqlFailure.WORLD
          ? new NotAppliedException(e)
          : new StatementRefusedException(e);
    }
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e); // the server rolls back what a lost connection left
    }
  }
}
