package dev.birthmark.enrollment.issuance;

/** Why a gated request got no certificate. */
public enum RefusalReason {
  /** There is no such order. */
  ORDER_UNKNOWN("order-unknown"),
  /** The order's quantity is used up. */
  QUOTA_EXHAUSTED("quota-exhausted"),
  /** The device was enrolled with another key. */
  DEVICE_ENROLLED("device-enrolled"),
  /** The key belongs to another device. */
  KEY_IN_USE("key-in-use"),
  /** The order's profile takes no keys of this kind. */
  PROFILE_KEY("profile-key"),
  /** The site no longer has the order's profile. */
  PROFILE_UNKNOWN("profile-unknown"),
  /** A change of trust in force matches the device: nothing is issued for it. */
  RECALLED("recalled"),
  /** The key custody could not sign for it, or what was signed failed its check. */
  ISSUANCE_FAILED("issuance-failed"),
  /** The identity service does not know the site yet. */
  SITE_NOT_REGISTERED("site-not-registered"),
  /** The site's records were put back and are not complete yet. */
  SITE_RECOVERING("site-recovering"),
  /** The site's log contradicts the identity service's copy of it. */
  SITE_HALTED("site-halted"),
  /** The site's clock is too far from the identity service's. */
  CLOCK("clock");

  private final String label;

  RefusalReason(String label) {
    this.label = label;
  }

  /** The stable word for it. */
  public String label() {
    return label;
  }

  /** Whether it is the site that cannot issue now, whatever is asked for: asking later may help. */
  public boolean concernsSite() {
    return switch (this) {
      case SITE_NOT_REGISTERED, SITE_RECOVERING, SITE_HALTED, CLOCK -> true;
      case ORDER_UNKNOWN,
          QUOTA_EXHAUSTED,
          DEVICE_ENROLLED,
          KEY_IN_USE,
          PROFILE_KEY,
          PROFILE_UNKNOWN,
          RECALLED,
          ISSUANCE_FAILED ->
          false;
    };
  }
}
