package dev.birthmark.identity.server.publication;

import java.util.Optional;

/**
 * The certificates of all issuers that are or were trusted here. From memory; called on event
 * loops.
 */
@FunctionalInterface
public interface IssuerCertificates {
  /**
   * The DER certificate of the issuer with this subject key identifier.
   *
   * @param subjectKeyIdentifier lower-case hex
   */
  Optional<byte[]> bySubjectKeyIdentifier(String subjectKeyIdentifier);
}
