package dev.birthmark.identity.authentication;

/** What whoever allows a device must do. */
public enum Obligation {
  /** Ask again soon: the status is older than it should be, and the policy allowed nevertheless. */
  ASK_AGAIN("ask-again");

  private final String text;

  Obligation(String text) {
    this.text = text;
  }

  /** The stable word for it. */
  public String text() {
    return text;
  }
}
