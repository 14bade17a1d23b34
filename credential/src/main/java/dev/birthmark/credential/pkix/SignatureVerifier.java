package dev.birthmark.credential.pkix;

/** Verifies signatures. Safe for use by several threads. */
public interface SignatureVerifier {

  /**
   * Whether the signature over the message was made with the private half of the key. False for
   * anything that is not such a signature: a wrong length or encoding, an algorithm that the key
   * does not fit. Never throws on what a stranger sent.
   */
  boolean verify(
      SubjectPublicKey key, SignatureAlgorithm algorithm, byte[] message, byte[] signature);
}
