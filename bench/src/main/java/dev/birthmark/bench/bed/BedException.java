package dev.birthmark.bench.bed;

/** What is to be measured cannot be brought up, or does not answer as it should. */
public final class BedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With what is wrong, in a sentence for people. */
  public BedException(String message) {
    super(message);
  }

  /** With what is wrong, in a sentence for people, and why. */
  public BedException(String message, Throwable cause) {
    super(message, cause);
  }
}
