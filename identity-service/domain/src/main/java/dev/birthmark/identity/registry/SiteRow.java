package dev.birthmark.identity.registry;

import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;
import java.util.SortedSet;

/**
 * A registered site.
 *
 * @param name its name
 * @param number of the bundle that counts; a higher one replaces it
 * @param bundle the bundle as it came: PEM
 * @param clientKey hash of the key that its client certificate must have
 * @param issuerKeys hashes of its issuers' keys
 * @param registeredBy the administrator who added it or replaced its bundle last
 * @param registeredAt when that was
 */
public record SiteRow(
    SiteName name,
    long number,
    String bundle,
    Sha256 clientKey,
    SortedSet<Sha256> issuerKeys,
    String registeredBy,
    Instant registeredAt) {}
