package dev.birthmark.edge.postgres;

import java.sql.SQLException;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts as transactions at READ COMMITTED on stateless sessions of Hibernate ORM, in a
 * transaction that Hibernate knows of: only there does {@link StatelessSession#insertMultiple}
 * batch. Failures end in the same exceptions as those of {@link Transactions}.
 */
public final class SessionTransactions {

  private static final int MAX_CAUSES = 16;

  /**
   * A snapshot holds no lock that anybody waits for, and reading a large registry takes its time:
   * the bound on transactions, where the server knows it, is for writers.
   */
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
          + " SELECT set_config('transaction_timeout', '0', true)"
          + " WHERE current_setting('transaction_timeout', true) IS NOT NULL";

  private final SessionFactory sessions;

  public SessionTransactions(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * Runs the script and commits. What the script throws unchecked, other than a failure of the
   * database, is thrown on after the rollback.
   *
   * @throws NotAppliedException if the world failed before the commit
   * @throws OutcomeUnknownException if it failed during the commit
   * @throws StatementRefusedException if the server refused a statement: nothing was applied
   */
  public <T> T write(Function<StatelessSession, T> script) {
    try (StatelessSession session = open()) {
      Transaction transaction = begin(session);
      T result = run(session, transaction, script);
      try {
        transaction.commit();
      } catch (RuntimeException e) {
        throw afterCommit(e);
      }
      return result;
    }
  }

  /** Runs the script at READ COMMITTED; it must not write, and what it writes is lost. */
  public <T> T read(Function<StatelessSession, T> script) {
    try (StatelessSession session = open()) {
      Transaction transaction = begin(session);
      return run(
          session,
          transaction,
          inner -> {
            T result = script.apply(inner);
            transaction.rollback(); // it wrote nothing, so its end cannot fail in doubt
            return result;
          });
    }
  }

  /** Runs the script on one snapshot (REPEATABLE READ), in which it cannot write. */
  public <T> T snapshot(Function<StatelessSession, T> script) {
    return read(session -> {
      new Statements(session).execute(SNAPSHOT);
      return script.apply(session);
    });
  }

  private StatelessSession open() {
    try {
      return sessions.openStatelessSession();
    } catch (RuntimeException e) {
      throw new NotAppliedException(e);
    }
  }

  private static Transaction begin(StatelessSession session) {
    try {
      return session.beginTransaction();
    } catch (RuntimeException e) {
      throw new NotAppliedException(e);
    }
  }

  private static <T> T run(
      StatelessSession session, Transaction transaction, Function<StatelessSession, T> script) {
    try {
      return script.apply(session);
    } catch (RuntimeException | Error e) {
      rollBack(transaction, e);
      SQLException failure = sqlFailure(e);
      if (failure == null) {
        throw e;
      }
      throw notApplied(failure);
    }
  }

  private static RuntimeException afterCommit(RuntimeException e) {
    SQLException failure = sqlFailure(e);
    return failure == null || SqlFailure.leavesCommitOpen(failure)
        ? new OutcomeUnknownException(e)
        : notApplied(failure);
  }

  private static RuntimeException notApplied(SQLException failure) {
    return SqlFailure.of(failure) == SqlFailure.WORLD
        ? new NotAppliedException(failure)
        : new StatementRefusedException(failure);
  }

  private static void rollBack(Transaction transaction, Throwable why) {
    try {
      if (transaction.isActive()) {
        transaction.rollback();
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e); // the server rolls back what a lost connection left
    }
  }

  /** What the server or the driver said, however often it was wrapped; null if it was neither. */
  private static @Nullable SQLException sqlFailure(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (at instanceof SQLException sql) {
        return sql;
      }
      at = at.getCause();
    }
    return null;
  }
}
