package dev.birthmark.enrollment.uplink;

/** The identity service cannot be reached or does not answer; nothing is known of what it did. */
public final class UplinkUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, and on what. */
  public UplinkUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What failed. */
  public UplinkUnavailableException(String message) {
    super(message);
  }
}
