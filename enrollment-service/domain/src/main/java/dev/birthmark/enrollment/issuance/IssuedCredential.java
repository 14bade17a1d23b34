package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;

/**
 * A credential that was issued: its entry of the log and what it is found by.
 *
 * @param place in the log
 * @param device whose it is, as it was spelled; its canonical spelling is unique in the site
 * @param key SHA-256 of the SubjectPublicKeyInfo; unique in the site
 * @param order the id of the order that it belongs to
 * @param leafHash of the entry (RFC 6962)
 * @param entry the entry's DER, 1..65,535 octets, with the certificate in it
 */
public record IssuedCredential(
    Place place, DeviceId device, Sha256 key, String order, Sha256 leafHash, Octets entry) {
  /** Refuses an entry that no bundle could carry. */
  public IssuedCredential {
    if (entry.length() < 1 || entry.length() > Entry.MAX_LENGTH) {
      throw new IllegalArgumentException("entry of " + entry.length() + " octets");
    }
  }
}
