package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import java.util.List;
import java.util.Optional;

/**
 * A registered site, as its bundle says.
 *
 * @param name its name
 * @param number of the bundle
 * @param issuers their certificates, each signed by the site's root
 * @param baseUrls what the addresses in its certificates begin with
 */
public record Site(
    SiteName name, long number, List<IssuerCertificate> issuers, List<BaseUrl> baseUrls) {

  public Site {
    issuers = List.copyOf(issuers);
    baseUrls = List.copyOf(baseUrls);
  }

  /** The issuer that a certificate names by key and name; its signature is not looked at. */
  public Optional<IssuerCertificate> issuerOf(DeviceCertificate certificate) {
    Optional<Octets> named = certificate.authorityKeyIdentifier();
    return issuers.stream()
        .filter(issuer -> named.isEmpty() || named.get().equals(keyIdentifier(issuer)))
        .filter(issuer -> issuer.subject().equals(certificate.issuer()))
        .findFirst();
  }

  /** SHA-256 of an issuer's key, cut to 160 bits: never what its certificate says it is. */
  public static Octets keyIdentifier(IssuerCertificate issuer) {
    return new Octets(issuer.publicKey().keyIdentifier());
  }
}
