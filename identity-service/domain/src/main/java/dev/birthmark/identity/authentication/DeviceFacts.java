package dev.birthmark.identity.authentication;

import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.Facts;
import java.time.Instant;

/**
 * Who a device is.
 *
 * @param device its id
 * @param facts what it shares with others: site, order, lot, model and so on
 * @param serial of its certificate
 * @param fingerprint of its certificate
 * @param notAfter last second of its certificate's validity
 * @param place of its credential
 */
public record DeviceFacts(
    DeviceId device,
    Facts facts,
    CertificateSerial serial,
    Sha256 fingerprint,
    Instant notAfter,
    Place place) {

  /** Whose device. */
  public String tenant() {
    return facts.site().tenant();
  }
}
