package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.Credential;
import java.util.Optional;

/** Finds a registered credential by its whole fingerprint: one indexed read. */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * The credential whose fingerprint has all of these 256 bits. Blocks.
   *
   * @throws dev.birthmark.identity.revocation.StoreUnavailableException if it could not be read
   */
  Optional<Credential> byFingerprint(Sha256 fingerprint);
}
