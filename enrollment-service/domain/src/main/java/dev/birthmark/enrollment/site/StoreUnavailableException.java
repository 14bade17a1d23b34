package dev.birthmark.enrollment.site;

/** The site's store cannot be used now; nothing of the transaction was applied. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, and the failure of the store itself. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What failed. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}
