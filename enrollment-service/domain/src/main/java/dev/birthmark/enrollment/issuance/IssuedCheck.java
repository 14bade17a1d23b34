package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads a certificate that was just signed, by code that had no part in building it, and compares
 * what it says with what was meant.
 */
final class IssuedCheck {
  private final Issuer issuer;
  private final SignatureVerifier verifier;

  IssuedCheck(Issuer issuer, SignatureVerifier verifier) {
    this.issuer = issuer;
    this.verifier = verifier;
  }

  /** What a certificate was meant to say. */
  record Meant(
      CertificateSerial serial,
      DeviceId device,
      SubjectPublicKey key,
      Instant notBefore,
      Instant notAfter,
      IssuingProfile profile) {}

  /** What is wrong with the certificate; empty if nothing is. */
  Optional<String> fault(byte[] der, Meant meant) {
    DeviceCertificate certificate;
    try {
      certificate = DeviceCertificate.parse(der);
    } catch (MalformedCertificateException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
    return names(certificate, meant)
        .or(() -> validity(certificate, meant))
        .or(() -> purpose(certificate, meant))
        .or(() -> signature(certificate));
  }

  private Optional<String> names(DeviceCertificate certificate, Meant meant) {
    IssuerCertificate authority = issuer.certificate();
    if (!certificate.serial().equals(meant.serial())) {
      return Optional.of("another certificate serial");
    }
    if (!certificate.issuer().equals(authority.subject())
        || !certificate.authorityKeyIdentifier().equals(authority.subjectKeyIdentifier())) {
      return Optional.of("another issuer");
    }
    if (!certificate.deviceId().equals(Optional.of(meant.device()))) {
      return Optional.of("another subject");
    }
    List<String> uris =
        meant.profile().content().subjectAltName()
            ? List.of(issuer.base().value() + "/devices/" + meant.device().value())
            : List.of();
    if (!certificate.uris().equals(uris)) {
      return Optional.of("another alternative name");
    }
    boolean key =
        certificate.publicKey().equals(meant.key())
            && certificate
                .subjectKeyIdentifier()
                .equals(Optional.of(new Octets(meant.key().keyIdentifier())));
    return key ? Optional.empty() : Optional.of("another key");
  }

  private static Optional<String> validity(DeviceCertificate certificate, Meant meant) {
    return certificate.notBefore().equals(meant.notBefore())
            && certificate.notAfter().equals(meant.notAfter())
        ? Optional.empty()
        : Optional.of("another validity");
  }

  private static Optional<String> purpose(DeviceCertificate certificate, Meant meant) {
    if (!certificate.isForSigningOnly()
        || !certificate.extendedKeyUsages().equals(meant.profile().content().extendedKeyUsages())) {
      return Optional.of("another purpose");
    }
    return certificate.faultAsDevice();
  }

  private Optional<String> signature(DeviceCertificate certificate) {
    return certificate.signatureAlgorithm().equals(Optional.of(issuer.custody().algorithm()))
            && certificate.isSignedBy(issuer.certificate().publicKey(), verifier)
        ? Optional.empty()
        : Optional.of("a signature that does not hold");
  }
}
