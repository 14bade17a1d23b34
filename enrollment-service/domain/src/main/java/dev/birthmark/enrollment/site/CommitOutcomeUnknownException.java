package dev.birthmark.enrollment.site;

/**
 * The store was lost while committing: the transaction was applied as a whole or not at all, and
 * only looking again, under the lock, tells which.
 */
public final class CommitOutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, and the failure of the store itself. */
  public CommitOutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What failed. */
  public CommitOutcomeUnknownException(String message) {
    super(message);
  }
}
