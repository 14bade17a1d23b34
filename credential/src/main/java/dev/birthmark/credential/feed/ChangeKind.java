package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.MalformedException;

/** What a change does. */
public enum ChangeKind {
  /** Withdraws for good. */
  REVOKE(0, "revoke"),
  /** Withdraws until it is restored (RFC 5280 certificateHold). */
  SUSPEND(1, "suspend"),
  /** Lifts holds. */
  RESTORE(2, "restore"),
  /** Takes a revocation back inside its window. */
  UNDO(3, "undo"),
  /** Refuses the tokens of a party. */
  PARTY_DISABLE(4, "party-disable"),
  /** Takes the tokens of a party again. */
  PARTY_ENABLE(5, "party-enable");

  private final int number;
  private final String text;

  ChangeKind(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** Its number in the DER. */
  public int number() {
    return number;
  }

  /** Its word in the API. */
  public String text() {
    return text;
  }

  /** The kind with this number; an unknown one is malformed, for nobody knows what it does. */
  public static ChangeKind fromNumber(int number) throws MalformedException {
    for (ChangeKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new MalformedException("kind", "unknown number " + number);
  }

  /** Reads what {@link #text()} writes. */
  public static ChangeKind fromText(String text) throws MalformedException {
    for (ChangeKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new MalformedException("kind", "unknown word");
  }
}
