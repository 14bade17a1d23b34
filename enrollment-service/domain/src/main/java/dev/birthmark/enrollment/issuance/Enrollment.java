package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.TlogProof;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.Sha256;

/**
 * An issued credential as it is answered.
 *
 * @param credential with its place
 * @param entry of the log, with the certificate
 * @param serial of the certificate
 * @param fingerprint SHA-256 of the certificate
 * @param proof that the entry is in the log
 */
public record Enrollment(
    IssuedCredential credential,
    Entry entry,
    CertificateSerial serial,
    Sha256 fingerprint,
    TlogProof proof) {

  /** Reads the entry of a stored credential. */
  static Enrollment read(IssuedCredential credential, TlogProof proof) {
    try {
      Entry entry = Entry.parse(credential.entry().bytes());
      DeviceCertificate certificate = DeviceCertificate.parse(entry.certificate().bytes());
      return new Enrollment(
          credential, entry, certificate.serial(), certificate.fingerprint(), proof);
    } catch (MalformedException | UnknownVersionException | MalformedCertificateException e) {
      throw new IllegalStateException("the entry " + credential.place() + " cannot be read", e);
    }
  }
}
