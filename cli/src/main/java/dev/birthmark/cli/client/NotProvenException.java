package dev.birthmark.cli.client;

/** A proof or a signature does not hold: the evidence contradicts what was claimed. */
public final class NotProvenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotProvenException(String message) {
    super(message);
  }

  public NotProvenException(String message, Throwable cause) {
    super(message, cause);
  }
}
