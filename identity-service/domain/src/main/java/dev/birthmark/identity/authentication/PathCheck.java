package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.DeviceCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certification path of a device's certificate (RFC 5280 §6.1, with the issuer as the trust
 * anchor): what it is, its dates, and the signature of an issuer that is known.
 */
sealed interface PathCheck {

  /** The anchor's key signed it. */
  record Good(TrustAnchors.Anchor anchor) implements PathCheck {}

  /** There is no path. */
  record Fault(DenyReason reason, String detail) implements PathCheck {}

  static PathCheck of(
      DeviceCertificate leaf, TrustAnchors anchors, VerifiedSignatures signatures, Instant now) {
    Optional<String> kind = leaf.faultAsDevice();
    if (kind.isPresent()) {
      return new Fault(DenyReason.NOT_A_DEVICE_CERTIFICATE, kind.get());
    }
    return path(leaf, anchors, signatures, now);
  }

  /** The same for a certificate whose purpose was checked. */
  static PathCheck path(
      DeviceCertificate leaf, TrustAnchors anchors, VerifiedSignatures signatures, Instant now) {
    if (leaf.signatureAlgorithm().isEmpty()) {
      return new Fault(DenyReason.WEAK_SIGNATURE, "signed with " + leaf.signatureAlgorithmOid());
    }
    if (now.isBefore(leaf.notBefore())) {
      return new Fault(DenyReason.NOT_YET_VALID, "valid from " + leaf.notBefore());
    }
    if (isAfter(now, leaf.notAfter())) {
      return new Fault(DenyReason.EXPIRED, "valid until " + leaf.notAfter());
    }
    List<TrustAnchors.Anchor> candidates = anchors.candidates(leaf);
    if (candidates.isEmpty()) {
      return new Fault(DenyReason.UNKNOWN_ISSUER, "its issuer is not registered");
    }
    for (TrustAnchors.Anchor anchor : candidates) {
      if (signatures.isSigned(leaf, anchor.certificate())) {
        return dates(anchor, now);
      }
    }
    return new Fault(DenyReason.BAD_SIGNATURE, "its issuer's key did not sign it");
  }

  private static PathCheck dates(TrustAnchors.Anchor anchor, Instant now) {
    if (now.isBefore(anchor.certificate().notBefore())) {
      return new Fault(DenyReason.NOT_YET_VALID, "its issuer's certificate is not valid yet");
    }
    if (isAfter(now, anchor.certificate().notAfter())) {
      return new Fault(DenyReason.EXPIRED, "its issuer's certificate has expired");
    }
    return new Good(anchor);
  }

  /** notAfter is the last second that is inside, all of it (RFC 5280 §4.1.2.5). */
  private static boolean isAfter(Instant now, Instant notAfter) {
    return now.getEpochSecond() > notAfter.getEpochSecond();
  }
}
