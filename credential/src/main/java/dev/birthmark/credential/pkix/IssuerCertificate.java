package dev.birthmark.credential.pkix;

import dev.birthmark.credential.encoding.Octets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The certificate of a certification authority, root or issuing: what it says, read as strictly as
 * a device's. Immutable.
 */
public final class IssuerCertificate {
  private final CertificateReader.Fields fields;

  private IssuerCertificate(CertificateReader.Fields fields) {
    this.fields = fields;
  }

  /**
   * Reads DER of at most 64 kB.
   *
   * @throws MalformedCertificateException for whatever is not a strict version 3 certificate, for
   *     one that is no authority's (cA not set, keyUsage without keyCertSign) and for one with a
   *     critical extension that is not understood; nothing else is thrown
   */
  public static IssuerCertificate parse(byte[] der) throws MalformedCertificateException {
    CertificateReader.Fields fields = CertificateReader.read(der);
    CertificateExtensions extensions = fields.extensions();
    if (!extensions.certificateAuthority()) {
      throw new MalformedCertificateException("basicConstraints", "it is no authority's");
    }
    int usage = extensions.keyUsage().orElse(CertificateExtensions.KEY_CERT_SIGN);
    if ((usage & CertificateExtensions.KEY_CERT_SIGN) == 0) {
      throw new MalformedCertificateException("keyUsage", "without keyCertSign");
    }
    Optional<String> critical = extensions.unhandledCritical();
    if (critical.isPresent()) {
      throw new MalformedCertificateException("extensions", critical.get() + " is critical");
    }
    return new IssuerCertificate(fields);
  }

  /** The whole certificate, a copy. */
  public byte[] der() {
    return fields.der().clone();
  }

  /** SHA-256 of the whole certificate. */
  public Sha256 fingerprint() {
    return fields.fingerprint();
  }

  /** The serial of the authority's own certificate; never a place in a log. */
  public CertificateSerial serial() {
    return fields.serial();
  }

  /** The authority's Name in DER, as it stands as issuer in what it signs. */
  public Octets subject() {
    return new Octets(fields.subject());
  }

  /** The Name of the authority above, in DER; equal to the subject in a root. */
  public Octets issuer() {
    return new Octets(fields.issuer());
  }

  /** The authority's public key. */
  public SubjectPublicKey publicKey() {
    return fields.publicKey();
  }

  /** The identifier of its key, if the certificate has one. */
  public Optional<Octets> subjectKeyIdentifier() {
    return fields.extensions().subjectKeyIdentifier();
  }

  /** The identifier of the key above, if the certificate has one. */
  public Optional<Octets> authorityKeyIdentifier() {
    return fields.extensions().authorityKeyIdentifier();
  }

  /** First second of validity. */
  public Instant notBefore() {
    return fields.notBefore();
  }

  /** Last second of validity. */
  public Instant notAfter() {
    return fields.notAfter();
  }

  /** How many authorities may follow below it; empty if not limited. */
  public OptionalInt pathLength() {
    return fields.extensions().pathLength();
  }

  /** What it was signed with; empty if that is not accepted. */
  public Optional<SignatureAlgorithm> signatureAlgorithm() {
    return SignatureAlgorithm.fromIdentifier(fields.signatureIdentifier());
  }

  /** Whether its signature verifies with this key. */
  public boolean isSignedBy(SubjectPublicKey issuerKey, SignatureVerifier verifier) {
    return signatureAlgorithm()
        .map(algorithm -> verifier.verify(issuerKey, algorithm, fields.tbs(), fields.signature()))
        .orElse(false);
  }

  /** Whether it is signed with its own key under its own name. */
  public boolean isSelfSigned(SignatureVerifier verifier) {
    return subject().equals(issuer()) && isSignedBy(publicKey(), verifier);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IssuerCertificate that && fingerprint().equals(that.fingerprint());
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  /** Its fingerprint. */
  @Override
  public String toString() {
    return "issuer certificate " + fingerprint().hex();
  }
}
