package dev.birthmark.enrollment.uplink;

/** The identity service answered that it will not do what the site asked. */
public final class UplinkRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A refusal.
   *
   * @param reason the stable word
   * @param detail for people
   */
  public UplinkRefusedException(String reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  /** The stable word for it. */
  public String reason() {
    return reason;
  }
}
