package dev.birthmark.cli.demo;

/** A step of the demo did not hold. */
public final class StepFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }

  /** Fails the step unless that is so. */
  static void unless(boolean condition, String otherwise) {
    if (!condition) {
      throw new StepFailed(otherwise);
    }
  }
}
