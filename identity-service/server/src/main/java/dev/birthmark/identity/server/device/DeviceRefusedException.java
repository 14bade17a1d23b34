package dev.birthmark.identity.server.device;

/** A request on a connection whose credential does not stand (any more). */
public final class DeviceRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String detail;
  private final String nextStep;
  private final boolean retryable;

  /**
   * @param reason the decider's machine-readable reason
   * @param detail what is wrong, for the device's developer
   * @param nextStep what to do about it
   * @param retryable whether the same credential may be admitted later without anybody doing
   *     anything
   */
  public DeviceRefusedException(String reason, String detail, String nextStep, boolean retryable) {
    super(reason, null, false, false);
    this.reason = reason;
    this.detail = detail;
    this.nextStep = nextStep;
    this.retryable = retryable;
  }

  /** The decider's machine-readable reason. */
  public String reason() {
    return reason;
  }

  /** What is wrong. */
  public String detail() {
    return detail;
  }

  /** What to do about it. */
  public String nextStep() {
    return nextStep;
  }

  /** Whether waiting helps. */
  public boolean isRetryable() {
    return retryable;
  }
}
