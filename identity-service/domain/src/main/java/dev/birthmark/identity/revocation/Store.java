package dev.birthmark.identity.revocation;

/**
 * The identity service's database, as scripts that run in transactions.
 *
 * <p>A script that throws leaves nothing behind, and what it threw comes out unchanged. Nested
 * calls are a bug. Safe for use by several threads; blocks.
 *
 * @param <X> what a transaction offers
 */
public interface Store<X> {

  /**
   * Runs the script in a transaction of READ COMMITTED isolation, in which each statement sees what
   * was committed before it began, and commits it. Durable on return.
   *
   * @throws CommitOutcomeUnknownException if the commit was sent and not answered: the script's
   *     work is there whole or not at all, and whoever takes the same lock again finds out which
   * @throws StoreUnavailableException if nothing was applied
   */
  <T> T write(Script<? super X, T> script);

  /**
   * Runs the script in a transaction of READ COMMITTED isolation that writes nothing.
   *
   * @throws StoreUnavailableException if it could not be read
   */
  <T> T read(Script<? super X, T> script);

  /**
   * Runs the script in a transaction of REPEATABLE READ isolation that writes nothing: all its
   * statements see one state.
   *
   * @throws StoreUnavailableException if it could not be read
   */
  <T> T snapshot(Script<? super X, T> script);
}
