package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;

/**
 * Verifies the issuer's signature on a device's certificate and remembers, within bounds, those
 * that held: by the fingerprint of the whole certificate, signature included, with the key that
 * verified it. Those that did not hold are not remembered.
 */
public final class VerifiedSignatures {
  private final SignatureVerifier verifier;
  private final Sha256Table<Sha256> issuerKeyByCertificate;

  /**
   * With room for some verdicts.
   *
   * @param capacity how many, 16 to 2^28; each takes some 150 octets
   */
  public VerifiedSignatures(SignatureVerifier verifier, int capacity) {
    this.verifier = verifier;
    this.issuerKeyByCertificate = new Sha256Table<>(capacity);
  }

  /** Whether the issuer's key signed the certificate. */
  public boolean isSigned(DeviceCertificate certificate, IssuerCertificate issuer) {
    Sha256 fingerprint = certificate.fingerprint();
    Sha256 key = issuer.publicKey().hash();
    if (issuerKeyByCertificate.get(fingerprint).filter(key::equals).isPresent()) {
      return true;
    }
    boolean signed = certificate.isSignedBy(issuer.publicKey(), verifier);
    if (signed) {
      issuerKeyByCertificate.put(fingerprint, key);
    }
    return signed;
  }
}
