package dev.birthmark.cli.client;

/**
 * A service cannot be reached or cannot answer at the moment; the same request may succeed later.
 * The message says what to do next.
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
