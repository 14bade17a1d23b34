package dev.birthmark.identity.registry;

import dev.birthmark.credential.pkix.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The registered sites. Client keys and issuer keys are unique over all of them. */
public interface SiteRecords {

  /** Takes the lock that makes registrations happen one after the other. */
  void lockRegistrations();

  /** All sites, ordered by name. */
  List<SiteRow> all();

  /** The number of each site's bundle: what a replica looks at to see whether anything is new. */
  SortedMap<SiteName, Long> numbers();

  /** One site. */
  Optional<SiteRow> site(SiteName name);

  /** The site whose client key has this hash. */
  Optional<SiteRow> byClientKey(Sha256 clientKey);

  /** Adds a site or replaces it. */
  void put(SiteRow site);
}
