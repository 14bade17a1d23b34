package dev.birthmark.credential.pkix;

/** The kinds of public key that a device or an issuer may have. */
public enum KeyAlgorithm {
  /** Elliptic curve secp256r1 (RFC 5480). */
  P256("P-256", "EC"),
  /** Elliptic curve secp384r1 (RFC 5480). */
  P384("P-384", "EC"),
  /** Ed25519 (RFC 8410). */
  ED25519("Ed25519", "Ed25519"),
  /** RSA with a modulus of 2,048 to 8,192 bits (RFC 3279 §2.3.1). */
  RSA("RSA", "RSA"),
  /** ML-DSA-44 (RFC 9881). */
  ML_DSA_44("ML-DSA-44", "ML-DSA-44"),
  /** ML-DSA-65 (RFC 9881). */
  ML_DSA_65("ML-DSA-65", "ML-DSA-65"),
  /** ML-DSA-87 (RFC 9881). */
  ML_DSA_87("ML-DSA-87", "ML-DSA-87");

  private final String label;
  private final String jcaName;

  KeyAlgorithm(String label, String jcaName) {
    this.label = label;
    this.jcaName = jcaName;
  }

  /** The name people write, such as {@code P-256}. */
  public String label() {
    return label;
  }

  /** The name of the key factory and key pair generator. */
  public String jcaName() {
    return jcaName;
  }

  /** The algorithm with this label; throws {@link IllegalArgumentException} if there is none. */
  public static KeyAlgorithm fromLabel(String label) {
    for (KeyAlgorithm algorithm : values()) {
      if (algorithm.label.equals(label)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("no key algorithm is called so");
  }
}
