package dev.birthmark.credential.custody;

/** A private key cannot be read or used: its file, token or passphrase failed. */
public final class KeyCustodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, without any octet of key or passphrase. */
  public KeyCustodyException(String message) {
    super(message);
  }

  /** What failed and what it failed on. */
  public KeyCustodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
