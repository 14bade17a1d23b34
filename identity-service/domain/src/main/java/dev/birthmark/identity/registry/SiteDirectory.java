package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.SiteBundle;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The registered sites as their bundles say, each read and verified once. Bounded by the number of
 * registered sites; safe for use by several threads.
 */
public final class SiteDirectory {
  private final SignatureVerifier verifier;
  private final ConcurrentSkipListMap<SiteName, Site> read = new ConcurrentSkipListMap<>();

  /** With the verifier of the bundles' signatures. */
  public SiteDirectory(SignatureVerifier verifier) {
    this.verifier = verifier;
  }

  /** What the row's bundle says. */
  public Site of(SiteRow row) {
    Site known = read.get(row.name());
    if (known != null && known.number() == row.number()) {
      return known;
    }
    try {
      SiteBundle bundle = SiteBundle.open(row.bundle(), verifier);
      Site site = new Site(row.name(), bundle.number(), bundle.issuers(), bundle.baseUrls());
      read.put(row.name(), site);
      return site;
    } catch (MalformedException | UnknownVersionException e) {
      throw new IllegalStateException("the registered bundle of " + row.name() + " is unsound", e);
    }
  }
}
