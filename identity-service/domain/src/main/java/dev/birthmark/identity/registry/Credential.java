package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered credential.
 *
 * @param place where it stands in which log
 * @param tenant whose
 * @param device bound to this device
 * @param serial its certificate serial
 * @param fingerprint SHA-256 of its certificate
 * @param key SHA-256 of its public key
 * @param tag first 32 bits of HMAC-SHA-256(installation's key, fingerprint)
 * @param facts id of what it shares with others
 * @param notBefore first second of its validity
 * @param notAfter last second of its validity
 * @param issuedAt when the site issued it
 * @param renews the place of the credential that it renews
 */
public record Credential(
    Place place,
    String tenant,
    DeviceId device,
    CertificateSerial serial,
    Sha256 fingerprint,
    Sha256 key,
    int tag,
    int facts,
    Instant notBefore,
    Instant notAfter,
    Instant issuedAt,
    Optional<Place> renews) {}
