package dev.birthmark.cli.client;

/** The service that a token is meant for; the other one refuses it. */
public enum Audience {
  ENROLLMENT("birthmark-enrollment"),
  IDENTITY("birthmark-identity");

  private final String claim;

  Audience(String claim) {
    this.claim = claim;
  }

  /** The value of the token's {@code aud} claim. */
  public String claim() {
    return claim;
  }
}
