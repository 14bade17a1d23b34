package dev.birthmark.enrollment.site;

/**
 * Transactions on what a site durably keeps.
 *
 * <p>A script runs once, in the caller's thread, and must not keep the transaction after it
 * returned. If it throws, nothing of it was applied. Every statement of a writing script sees what
 * was committed before that statement began (READ COMMITTED): what a script decides on, it reads
 * after {@link SiteRecords#lock()}.
 *
 * <p>Nobody retries but the caller.
 *
 * @param <X> what a transaction offers; a caller asks for the part that it uses ({@code SiteStore<?
 *     extends IssuanceTransaction>})
 */
public interface SiteStore<X> {

  /**
   * Runs a script and commits what it wrote; on return that is durable.
   *
   * @throws CommitOutcomeUnknownException if the connection was lost while committing: all of it or
   *     nothing of it was applied. By the time that {@link SiteRecords#lock()} returns to anyone,
   *     the transaction in doubt has ended
   * @throws StoreUnavailableException if nothing was applied
   */
  <T> T write(Script<? super X, T> script);

  /**
   * Runs a script on one snapshot and writes nothing.
   *
   * @throws StoreUnavailableException if the snapshot cannot be had
   */
  <T> T read(Script<? super X, T> script);

  /**
   * What happens in one transaction.
   *
   * @param <X> what the transaction offers
   * @param <T> what the script answers
   */
  @FunctionalInterface
  interface Script<X, T> {
    /** Reads and writes, and answers. */
    T run(X transaction);
  }
}
