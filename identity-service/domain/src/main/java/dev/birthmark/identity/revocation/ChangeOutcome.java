package dev.birthmark.identity.revocation;

/** What became of a request for a change. */
public sealed interface ChangeOutcome {

  /** It was made, and this node decides by it. */
  record Made(RecordedChange change) implements ChangeOutcome {}

  /** The same request had been made before, and this node decides by it. */
  record Repeated(RecordedChange change) implements ChangeOutcome {}

  /**
   * Nothing was changed.
   *
   * @param why the stable reason
   * @param detail for the asker
   */
  record Refused(Refusal why, String detail) implements ChangeOutcome {}

  /** Why a change is refused. */
  enum Refusal {
    /** The key was used for another request. */
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", "use a new key for a new request"),
    /** A revocation cannot be lifted. */
    REVOKED_IS_FINAL("revoked-is-final", "enrol the device again"),
    /** A restore by attribute does not say which change it lifts. */
    RESTORE_NEEDS_CHANGE("restore-needs-change", "name the change that is to be lifted"),
    /** The change to be lifted does not exist. */
    CHANGE_UNKNOWN("change-unknown", "look the position up in the feed"),
    /** The change to be lifted holds nothing any more, or never did. */
    CHANGE_NOT_IN_FORCE("change-not-in-force", "nothing need be done"),
    /** The selector selects nothing, or with the wrong attribute for this kind. */
    SELECTOR_REFUSED("selector-refused", "select by device, certificate or attribute"),
    /** This kind of change cannot be asked for. */
    KIND_REFUSED("kind-refused", "ask for revoke, suspend or restore"),
    /** The database was put back. */
    STATUS_RECOVERING("status-recovering", "wait until the administrator has recovered the status");

    private final String text;
    private final String nextStep;

    Refusal(String text, String nextStep) {
      this.text = text;
      this.nextStep = nextStep;
    }

    /** The stable word for it. */
    public String text() {
      return text;
    }

    /** What the asker may do. */
    public String nextStep() {
      return nextStep;
    }
  }
}
