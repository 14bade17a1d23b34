package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;

/**
 * What of an entry a selector can be matched against: before issuing at the site, and at ingest.
 * Empty texts are none; nothing matches them.
 *
 * @param deviceId of the certificate's subject
 * @param serial of the certificate
 * @param fingerprint SHA-256 of the certificate
 * @param key SHA-256 of its SubjectPublicKeyInfo
 * @param issuer the issuer's subject key identifier, 20 octets
 * @param site that issued
 * @param order the order's id, for a renewal that of the credential at its beginning
 * @param model of the device
 * @param hardwareRevision of the device
 * @param lot of the device
 * @param profile of the certificate
 * @param station that asked
 */
public record EntryFacts(
    DeviceId deviceId,
    CertificateSerial serial,
    Sha256 fingerprint,
    Sha256 key,
    Octets issuer,
    String site,
    String order,
    String model,
    String hardwareRevision,
    String lot,
    String profile,
    String station) {

  /** The value in the selector's spelling; empty for none. */
  public String value(SelectorAttribute attribute) {
    return switch (attribute) {
      case CHANGE -> "";
      case DEVICE_ID -> deviceId.canonical();
      case FINGERPRINT -> fingerprint.hex();
      case HARDWARE_REVISION -> hardwareRevision;
      case ISSUER -> issuer.toString();
      case KEY -> key.hex();
      case LOT -> lot;
      case MODEL -> model;
      case ORDER -> order;
      case PROFILE -> profile;
      case SERIAL -> serial.hex();
      case SITE -> site;
      case STATION -> station;
    };
  }
}
