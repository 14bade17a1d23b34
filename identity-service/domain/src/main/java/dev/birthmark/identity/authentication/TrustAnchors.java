package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.identity.registry.Site;
import dev.birthmark.identity.registry.SiteName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuers that are known, each for its site. Immutable.
 *
 * <p>An issuer is found by what the certificate says of its key, and then its key decides: nothing
 * is searched, and what a stranger adds to a chain changes nothing.
 */
public final class TrustAnchors {
  /** No issuer is known. */
  public static final TrustAnchors NONE = new TrustAnchors(List.of(), Optional.empty());

  /** How many issuers of one name are tried for a certificate that names no key. */
  private static final int MAX_OF_ONE_NAME = 8;

  private final List<Anchor> anchors;
  private final Optional<String> tenant;
  private final Map<String, List<Anchor>> byKey = new HashMap<>();
  private final Map<String, List<Anchor>> byName = new HashMap<>();

  private TrustAnchors(List<Anchor> anchors, Optional<String> tenant) {
    this.anchors = anchors;
    this.tenant = tenant;
    // Under what its key is first, so that an issuer's own name for its key never hides another's.
    for (Anchor anchor : anchors) {
      byKey
          .computeIfAbsent(
              Site.keyIdentifier(anchor.certificate()).toString(), key -> new ArrayList<>())
          .add(anchor);
    }
    for (Anchor anchor : anchors) {
      anchor
          .certificate()
          .subjectKeyIdentifier()
          .filter(named -> !named.equals(Site.keyIdentifier(anchor.certificate())))
          .ifPresent(named ->
              byKey.computeIfAbsent(named.toString(), key -> new ArrayList<>()).add(anchor));
      byName
          .computeIfAbsent(anchor.certificate().subject().toString(), key -> new ArrayList<>())
          .add(anchor);
    }
  }

  /**
   * A known issuer.
   *
   * @param site whose it is: it issues into this site's logs only
   * @param certificate its certificate
   */
  public record Anchor(SiteName site, IssuerCertificate certificate) {}

  /** The issuers of these sites. */
  public static TrustAnchors of(Collection<Site> sites) {
    List<Anchor> anchors = new ArrayList<>();
    for (Site site : sites) {
      site.issuers().forEach(issuer -> anchors.add(new Anchor(site.name(), issuer)));
    }
    return new TrustAnchors(List.copyOf(anchors), Optional.empty());
  }

  /** Those of one tenant: what a backend of that tenant is answered from. */
  public TrustAnchors of(String only) {
    return new TrustAnchors(
        anchors.stream().filter(anchor -> anchor.site().tenant().equals(only)).toList(),
        Optional.of(only));
  }

  /** The tenant that these are limited to. */
  public Optional<String> tenant() {
    return tenant;
  }

  /** Whether credentials of this tenant are answered for. */
  boolean covers(SiteName site) {
    return tenant.isEmpty() || tenant.get().equals(site.tenant());
  }

  /** All of them. */
  public List<Anchor> all() {
    return anchors;
  }

  /** Those that may have issued the certificate, by key if it names one, and by name. */
  List<Anchor> candidates(DeviceCertificate certificate) {
    List<Anchor> named =
        certificate
            .authorityKeyIdentifier()
            .map(key -> byKey.getOrDefault(key.toString(), List.of()))
            .orElseGet(() -> byName.getOrDefault(certificate.issuer().toString(), List.of()));
    return named.stream()
        .filter(anchor -> anchor.certificate().subject().equals(certificate.issuer()))
        .limit(MAX_OF_ONE_NAME)
        .toList();
  }
}
