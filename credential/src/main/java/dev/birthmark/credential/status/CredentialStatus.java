package dev.birthmark.credential.status;

/** What is known of a credential that is in the log, worst last. */
public enum CredentialStatus {
  /** In the log, nothing against it. */
  GOOD("good"),
  /** Suspended (RFC 5280 certificateHold): may come back. */
  HELD("held"),
  /** Withdrawn for good. */
  REVOKED("revoked"),
  /** Its log entry failed its own check: it never was registered. */
  BAD_ENTRY("bad-entry");

  private final String text;

  CredentialStatus(String text) {
    this.text = text;
  }

  /** What the bits of one credential mean together; the worst wins. */
  public static CredentialStatus of(boolean bad, boolean revoked, boolean held) {
    if (bad) {
      return BAD_ENTRY;
    }
    if (revoked) {
      return REVOKED;
    }
    return held ? HELD : GOOD;
  }

  /** The word for it in answers. */
  public String text() {
    return text;
  }

  /** Reads what {@link #text()} writes. */
  public static CredentialStatus fromText(String text) {
    for (CredentialStatus status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no such status");
  }
}
