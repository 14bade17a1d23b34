package dev.birthmark.credential.trust;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the key ceremony of a site writes for the identity service: who the site is and by which
 * keys it is known. Public, and signed by the log key, the client key and every issuer key in it:
 * who registers it registers no key that its owner did not agree to be listed with. A bundle with a
 * higher number, signed alike, replaces the former.
 *
 * @param number from 1, higher in each later bundle of the site
 * @param tenant whose site
 * @param site the site's name
 * @param baseUrls the base URLs that stand in certificates ({@code {base}}), the first for new
 *     ones; without a slash at the end
 * @param root the offline root, self-signed
 * @param issuers the issuing CAs, each issued by the root
 * @param logs the site's logs: origin and key
 * @param client the certificate with which the site connects; its key is pinned, its dates do not
 *     matter
 */
public record SiteBundle(
    long number,
    String tenant,
    String site,
    List<BaseUrl> baseUrls,
    IssuerCertificate root,
    List<IssuerCertificate> issuers,
    List<NoteKey> logs,
    ClientCertificate client) {
  /** The label of the PEM armour. */
  public static final String LABEL = "BIRTHMARK SITE BUNDLE";

  /** The most base URLs, issuers or logs. */
  public static final int MAX_LISTED = 32;

  /** Refuses a bundle that names nothing, or too much. */
  public SiteBundle {
    BoundedText.check("tenant", tenant, 1, BundleCodec.MAX_TEXT);
    BoundedText.check("site", site, 1, BundleCodec.MAX_TEXT);
    baseUrls = List.copyOf(baseUrls);
    issuers = List.copyOf(issuers);
    logs = List.copyOf(logs);
    if (number < 1) {
      throw new IllegalArgumentException("bundles are numbered from 1");
    }
    listed("base URLs", baseUrls.size());
    listed("issuers", issuers.size());
    listed("logs", logs.size());
    if (new LinkedHashSet<>(issuers).size() < issuers.size()
        || new LinkedHashSet<>(logs.stream().map(NoteKey::name).toList()).size() < logs.size()) {
      throw new IllegalArgumentException("an issuer or a log is listed twice");
    }
  }

  /** The keys that sign, each once: the logs', the client's, the issuers'. */
  public List<SubjectPublicKey> signers() {
    LinkedHashSet<SubjectPublicKey> keys = new LinkedHashSet<>();
    logs.forEach(log -> keys.add(log.key()));
    keys.add(client.key());
    issuers.forEach(issuer -> keys.add(issuer.publicKey()));
    return List.copyOf(keys);
  }

  /** The base URL for new certificates. */
  public BaseUrl baseUrl() {
    return baseUrls.get(0);
  }

  /**
   * Signs with every key of {@link #signers()} and writes the PEM.
   *
   * @throws IllegalArgumentException if a key's custody is missing
   */
  public String seal(List<? extends KeyCustody> custodies) {
    return SealedSiteBundle.write(this, custodies);
  }

  /**
   * Reads the PEM and checks that every key in it signed, that the root signed itself and each
   * issuer. Whether it is believed is for the administrator who registers it.
   */
  public static SiteBundle open(String pem, SignatureVerifier verifier)
      throws MalformedException, UnknownVersionException {
    SiteBundle bundle = SealedSiteBundle.read(pem, verifier);
    if (!bundle.root.isSelfSigned(verifier)) {
      throw new MalformedException("root", "it did not sign itself");
    }
    for (IssuerCertificate issuer : bundle.issuers) {
      if (!issuer.issuer().equals(bundle.root.subject())
          || !issuer.isSignedBy(bundle.root.publicKey(), verifier)) {
        throw new MalformedException("issuer", "the root did not sign it");
      }
    }
    return bundle;
  }

  private static void listed(String what, int count) {
    if (count < 1 || count > MAX_LISTED) {
      throw new IllegalArgumentException("a bundle lists 1 to " + MAX_LISTED + " " + what);
    }
  }
}
