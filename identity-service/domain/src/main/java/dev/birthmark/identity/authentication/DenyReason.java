package dev.birthmark.identity.authentication;

/** Why a device is denied. The words are stable. */
public enum DenyReason {
  NOT_IN_LOG("not-in-log", true, "try again when its site has pushed its log"),
  LOG_MISMATCH("log-mismatch", false, "treat the issuer's key as stolen"),
  BAD_ENTRY("bad-entry", false, "enrol the device again"),
  REVOKED("revoked", false, "enrol the device again, if it may be trusted"),
  SUSPENDED("suspended", false, "ask the security team about the hold"),
  UNKNOWN_ISSUER("unknown-issuer", false, "register the issuer's site"),
  UNKNOWN_CREDENTIAL("unknown-credential", false, "present the certificate chain"),
  MALFORMED("malformed", false, "present the certificate as it was issued"),
  EXPIRED("expired", false, "renew the certificate"),
  NOT_YET_VALID("not-yet-valid", true, "check the clocks"),
  NOT_A_DEVICE_CERTIFICATE("not-a-device-certificate", false, "present the device's own first"),
  BAD_SIGNATURE("bad-signature", false, "present the certificate as it was issued"),
  WEAK_SIGNATURE("weak-signature", false, "enrol the device again"),
  STALE_STATUS("stale-status", true, "try another node, or later"),
  STATUS_RECOVERING("status-recovering", true, "wait until the status has been recovered"),
  CHAIN_TOO_LONG("chain-too-long", false, "present the device's certificate and its issuers only"),
  TOO_LARGE("too-large", false, "present the device's certificate and its issuers only");

  private final String text;
  private final boolean retryable;
  private final String nextStep;

  DenyReason(String text, boolean retryable, String nextStep) {
    this.text = text;
    this.retryable = retryable;
    this.nextStep = nextStep;
  }

  /** The stable word for it. */
  public String text() {
    return text;
  }

  /** Whether the same may be allowed a little later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** What whoever asks may do. */
  public String nextStep() {
    return nextStep;
  }
}
