package dev.birthmark.identity.revocation;

/**
 * A commit was sent and its answer did not come: the transaction is there whole or not at all. The
 * writer takes the same lock again, by when the transaction in doubt has ended, and looks.
 */
public final class CommitOutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what the connection said. */
  public CommitOutcomeUnknownException(Throwable cause) {
    super("the outcome of a commit is unknown", cause);
  }
}
