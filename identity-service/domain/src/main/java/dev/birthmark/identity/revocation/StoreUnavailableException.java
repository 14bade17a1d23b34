package dev.birthmark.identity.revocation;

/** The database cannot be used now, and nothing was applied. Worth trying again later. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what the database or the driver said. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without a cause from below. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}
