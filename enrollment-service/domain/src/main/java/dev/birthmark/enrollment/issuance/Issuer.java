package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.IssuerCertificate;

/**
 * The site's issuing authority.
 *
 * @param certificate the issuer's own
 * @param custody of its key
 * @param base the address that stands in what it issues
 */
public record Issuer(IssuerCertificate certificate, KeyCustody custody, BaseUrl base) {
  /** Refuses the key of another issuer. */
  public Issuer {
    if (!custody.publicKey().equals(certificate.publicKey())) {
      throw new IllegalArgumentException("the custody keeps another key than the issuer's");
    }
  }
}
