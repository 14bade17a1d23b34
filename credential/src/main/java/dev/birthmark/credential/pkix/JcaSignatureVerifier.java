package dev.birthmark.credential.pkix;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** Verifies with the JCA providers of a table. */
public final class JcaSignatureVerifier implements SignatureVerifier {

  private final Providers providers;

  /** A verifier with these providers. */
  public JcaSignatureVerifier(Providers providers) {
    this.providers = providers;
  }

  @Override
  public boolean verify(
      SubjectPublicKey key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    if (!algorithm.fits(key.algorithm()) || !hasForm(algorithm, signature)) {
      return false;
    }
    try {
      PublicKey publicKey =
          providers
              .keyFactory(key.algorithm())
              .generatePublic(new X509EncodedKeySpec(key.encoded()));
      Signature verification = providers.signature(algorithm);
      verification.initVerify(publicKey);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Providers throw unchecked exceptions on some malformed signatures and keys.
      return false;
    }
  }

  /**
   * Whether a signature has the encoding of its algorithm, so that providers cannot differ in what
   * else they take: ECDSA is a DER SEQUENCE of two positive integers (RFC 3279 §2.2.3), Ed25519 has
   * 64 octets.
   */
  static boolean hasForm(SignatureAlgorithm algorithm, byte[] signature) {
    return switch (algorithm) {
      case ECDSA_SHA256, ECDSA_SHA384 -> isPairOfIntegers(signature);
      case ED25519 -> signature.length == 64;
      case RSA_SHA256, RSA_SHA384, RSA_SHA512 -> signature.length > 0;
      case ML_DSA_44 -> signature.length == 2420;
      case ML_DSA_65 -> signature.length == 3309;
      case ML_DSA_87 -> signature.length == 4627;
    };
  }

  private static boolean isPairOfIntegers(byte[] signature) {
    try {
      DerInput input = new DerInput(signature);
      DerInput pair = input.enter(DerInput.SEQUENCE);
      input.end();
      byte[] r = pair.integer();
      byte[] s = pair.integer();
      pair.end();
      return r[0] >= 0 && s[0] >= 0;
    } catch (DerException e) {
      return false;
    }
  }
}
