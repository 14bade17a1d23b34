package dev.birthmark.edge.postgres;

/**
 * The connection was lost during the commit: the transaction is in the database whole, or not at
 * all.
 */
public final class OutcomeUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public OutcomeUnknownException(Throwable cause) {
    super("the connection was lost during the commit", cause);
  }
}
