package dev.birthmark.credential.pkix;

import java.util.Arrays;

/**
 * A public key in the one encoding that it has here, so that its hash names it: named curve and
 * uncompressed point on it, RSA with NULL parameters and positive minimal integers, Ed25519 and
 * ML-DSA without parameters (RFC 5480 §2.1.1, RFC 3279 §2.3.1, RFC 8410 §4, RFC 9881 §4).
 */
public final class SubjectPublicKey {

  /** Longest encoding that is looked at, in octets. */
  public static final int MAX_OCTETS = 4096;

  private final byte[] der;
  private final KeyAlgorithm algorithm;
  private final Sha256 hash;

  private SubjectPublicKey(byte[] der, KeyAlgorithm algorithm) {
    this.der = der;
    this.algorithm = algorithm;
    this.hash = Sha256.of(der);
  }

  /**
   * Reads the DER of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
   *
   * @throws KeyRefusedException {@code key-encoding}, {@code key-invalid}, {@code key-algorithm} or
   *     {@code key-size}; whether a key is weak or blocked is for {@link KeyGate} to say
   */
  public static SubjectPublicKey parse(byte[] spkiDer) throws KeyRefusedException {
    byte[] der = spkiDer.clone();
    return new SubjectPublicKey(der, KeyEncoding.check(der));
  }

  /** The DER of the SubjectPublicKeyInfo, a copy. */
  public byte[] der() {
    return der.clone();
  }

  /** Length of the DER in octets. */
  public int length() {
    return der.length;
  }

  /** SHA-256 of the DER: the name of the key. */
  public Sha256 hash() {
    return hash;
  }

  /** The kind of key. */
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * The key identifier that stands as SKI and AKI: SHA-256 of the key's BIT STRING octets, cut to
   * the first 160 bits (RFC 7093 §2 method 1), 20 octets.
   */
  public byte[] keyIdentifier() {
    byte[] bits = KeyEncoding.keyOctets(der);
    return Arrays.copyOf(Sha256.digest().digest(bits), 20);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubjectPublicKey that && Arrays.equals(der, that.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }

  /** The kind and the hash of the key. */
  @Override
  public String toString() {
    return algorithm.label() + " " + hash.hex();
  }

  /** The encoding itself, for this package, which does not change it. */
  byte[] encoded() {
    return der;
  }
}
