package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.trust.SiteBundle;
import java.time.Instant;
import java.util.Base64;

/**
 * What a ceremony made, as far as it is public.
 *
 * @param plan that was followed
 * @param heldAt whole seconds
 * @param bundle what the identity service is told
 * @param sealedBundle the same, signed by the log's, the client's and the issuer's key, as PEM
 */
public record CeremonyRecord(
    CeremonyPlan plan, Instant heldAt, SiteBundle bundle, String sealedBundle) {

  /** The root's certificate as PEM. */
  public String rootPem() {
    return pem(bundle.root().der());
  }

  /** The issuing authority's certificate. */
  public IssuerCertificate issuer() {
    return bundle.issuers().get(0);
  }

  /** The issuing authority's certificate as PEM. */
  public String issuerPem() {
    return pem(issuer().der());
  }

  /** The certificate with which the site connects, as PEM. */
  public String siteClientPem() {
    return pem(bundle.client().der().bytes());
  }

  private static String pem(byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
