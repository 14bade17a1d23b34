package dev.birthmark.identity.server.publication;

import java.util.Optional;

/** The certificates of the issuers that are known here. From memory; called on event loops. */
@FunctionalInterface
interface IssuerCertificates {
  /**
   * The DER certificate of the issuer with this subject key identifier.
   *
   * @param subjectKeyIdentifier lower-case hex
   */
  Optional<byte[]> bySubjectKeyIdentifier(String subjectKeyIdentifier);
}
