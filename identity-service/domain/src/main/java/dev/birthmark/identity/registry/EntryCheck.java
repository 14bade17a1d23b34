package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.time.Duration;
import java.util.Optional;

/**
 * The check that each entry must pass by itself to be registered. One that fails is mirrored like
 * any other and denied as {@code bad-entry}: one bad entry must not stop a factory.
 */
final class EntryCheck {
  /** Certificates are valid from so long before they are issued. */
  static final Duration BACKDATED = Duration.ofMinutes(5);

  private final SignatureVerifier verifier;
  private final Site site;
  private final LogId log;

  EntryCheck(SignatureVerifier verifier, Site site, LogId log) {
    this.verifier = verifier;
    this.site = site;
    this.log = log;
  }

  /** What an entry turned out to be. */
  sealed interface Checked {
    /**
     * It may be registered.
     *
     * @param issuer the issuer's key identifier
     */
    record Good(
        long index, Entry entry, DeviceCertificate certificate, DeviceId device, Octets issuer)
        implements Checked {}

    /** It is mirrored only. */
    record Bad(long index, String detail) implements Checked {}
  }

  /** Checks everything but that times do not go back, which needs the entry before. */
  Checked check(long index, byte[] der) throws UnknownVersionException {
    try {
      Entry entry = Entry.parse(der);
      DeviceCertificate certificate = DeviceCertificate.parse(entry.certificate().bytes());
      Optional<DeviceId> device = certificate.deviceId();
      Optional<IssuerCertificate> issuer = site.issuerOf(certificate);
      Optional<String> fault = fault(index, entry, certificate, device, issuer);
      if (fault.isEmpty() && device.isPresent() && issuer.isPresent()) {
        return new Checked.Good(
            index, entry, certificate, device.get(), Site.keyIdentifier(issuer.get()));
      }
      return new Checked.Bad(index, fault.orElse("incomplete"));
    } catch (MalformedException e) {
      return new Checked.Bad(index, e.part() + ": " + e.detail());
    } catch (MalformedCertificateException e) {
      return new Checked.Bad(index, "certificate, " + e.part() + ": " + e.detail());
    }
  }

  private Optional<String> fault(
      long index,
      Entry entry,
      DeviceCertificate certificate,
      Optional<DeviceId> device,
      Optional<IssuerCertificate> issuer) {
    if (!entry.tenant().equals(site.name().tenant())) {
      return Optional.of("tenant: not the site's");
    }
    if (device.isEmpty()) {
      return Optional.of("subject: not a device id as serialNumber and common name");
    }
    if (!hasDeviceUri(certificate, device.get())) {
      return Optional.of("subjectAltName: not the device's URI");
    }
    CertificateSerial serial = certificate.serial();
    if (!serial.isPlace() || serial.logBits() != log.serialBits() || serial.index() != index) {
      return Optional.of("serial: not this log and index");
    }
    if (!certificate.notBefore().equals(entry.issuedAt().minus(BACKDATED))) {
      return Optional.of("notBefore: not issuedAt less 5 minutes");
    }
    Optional<String> kind = certificate.faultAsDevice();
    if (kind.isPresent()) {
      return kind;
    }
    if (issuer.isEmpty()) {
      return Optional.of("issuer: not the site's");
    }
    return certificate.isSignedBy(issuer.get().publicKey(), verifier)
        ? Optional.empty()
        : Optional.of("signature: not the issuer's");
  }

  private boolean hasDeviceUri(DeviceCertificate certificate, DeviceId device) {
    return site.baseUrls().stream()
        .anyMatch(base -> certificate.uris().contains(base.device(device)));
  }
}
