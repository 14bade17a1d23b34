package dev.birthmark.identity.server.device;

import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;

/**
 * A device whose credential stood when it was last asked for: the facts of one connection or
 * request.
 *
 * @param id the device id, spelled as in the certificate
 * @param tenant whose device it is
 * @param site the site that issued the credential
 * @param model the model it was made as
 * @param hardwareRevision empty if the site gave none
 * @param lot empty if the site gave none
 * @param order the production order, empty if the credential is a renewal
 * @param serial the certificate serial, lower-case hex
 * @param fingerprint SHA-256 of the whole certificate
 * @param notAfter when the certificate ends
 * @param place where the issuance log holds it
 * @param statusAsOf how current the status behind this answer is
 */
public record ConnectedDevice(
    String id,
    String tenant,
    String site,
    String model,
    String hardwareRevision,
    String lot,
    String order,
    String serial,
    Sha256 fingerprint,
    Instant notAfter,
    Place place,
    Instant statusAsOf) {}
