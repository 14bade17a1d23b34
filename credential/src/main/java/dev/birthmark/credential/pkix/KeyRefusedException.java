package dev.birthmark.credential.pkix;

/** A public key is not taken; says why in words written for whoever sent it. */
public final class KeyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final KeyRefusal reason;

  /** A refusal with its detail, one sentence fragment that repeats no octet of the input. */
  public KeyRefusedException(KeyRefusal reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Why, for machines. */
  public KeyRefusal reason() {
    return reason;
  }

  /** Why, for people. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
