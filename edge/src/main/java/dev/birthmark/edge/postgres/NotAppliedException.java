package dev.birthmark.edge.postgres;

/** The world failed before the commit: nothing of the transaction is in the database. */
public final class NotAppliedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public NotAppliedException(Throwable cause) {
    super("the transaction was not applied", cause);
  }
}
