package dev.birthmark.credential.pkix;

/** Why a public key is refused. */
public enum KeyRefusal {
  /** Not the one encoding that this kind of key has here. */
  ENCODING("key-encoding"),
  /** Encoded as it should be, but no key: a point off the curve, an even modulus. */
  INVALID("key-invalid"),
  /** A kind of key that is not taken. */
  ALGORITHM("key-algorithm"),
  /** Too short or too long. */
  SIZE("key-size"),
  /** A key whose private half can be computed. */
  WEAK("key-weak"),
  /** A key that is on the list of blocked keys. */
  BLOCKED("key-blocked");

  private final String code;

  KeyRefusal(String code) {
    this.code = code;
  }

  /** The stable, machine-readable reason, such as {@code key-encoding}. */
  public String code() {
    return code;
  }
}
