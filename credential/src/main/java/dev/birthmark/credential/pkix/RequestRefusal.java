package dev.birthmark.credential.pkix;

/** Why octets are not taken as a certification request. */
public enum RequestRefusal {
  /** Longer than anything that is looked at. */
  TOO_LARGE("request-too-large"),
  /** Not a certification request in one of the accepted forms. */
  MALFORMED("request-malformed"),
  /** A private key lies in the body: whoever carried it knows it now. */
  PRIVATE_KEY("private-key-in-request"),
  /** A signature algorithm that is not accepted, or none. */
  SIGNATURE_ALGORITHM("request-signature-algorithm");

  private final String code;

  RequestRefusal(String code) {
    this.code = code;
  }

  /** The stable, machine-readable reason. */
  public String code() {
    return code;
  }
}
