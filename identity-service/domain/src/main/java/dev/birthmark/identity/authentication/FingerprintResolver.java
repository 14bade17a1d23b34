package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.Credential;
import java.util.Optional;

/**
 * Resolves bare fingerprints from a bounded cache, else by one indexed read. What a credential is
 * never changes, only its standing, which is not kept here; what is not found is not remembered.
 */
public final class FingerprintResolver {
  private final CredentialLookup lookup;
  private final Sha256Table<Credential> cache;

  /**
   * With room for some credentials.
   *
   * @param capacity how many, 16 to 2^28; each takes some 400 octets
   */
  public FingerprintResolver(CredentialLookup lookup, int capacity) {
    this.lookup = lookup;
    this.cache = new Sha256Table<>(capacity);
  }

  /** From the cache only; never blocks. */
  public Optional<Credential> cached(Sha256 fingerprint) {
    return cache.get(fingerprint);
  }

  /** From the cache or the database. */
  public Presented.Fingerprint resolve(Sha256 fingerprint) {
    Optional<Credential> found = cache.get(fingerprint);
    if (found.isEmpty()) {
      found = lookup.byFingerprint(fingerprint);
      found.ifPresent(credential -> cache.put(fingerprint, credential));
    }
    return new Presented.Fingerprint(fingerprint, found);
  }
}
