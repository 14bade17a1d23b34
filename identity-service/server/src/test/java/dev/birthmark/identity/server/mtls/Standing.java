package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.server.device.ConnectedDevice;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An authentication that a test can tell, per leaf certificate, what to answer from now on. */
final class Standing implements DeviceAuthentication {
  private final ConcurrentMap<Sha256, Admission.Refused> refused = new ConcurrentHashMap<>();
  private final AtomicInteger presented = new AtomicInteger();

  static Admission.Refused refusal(String reason, boolean retryable, TlsAlert alert) {
    return new Admission.Refused(
        reason, "It is " + reason + ".", "Enroll again.", retryable, alert);
  }

  void refuse(Chains.Holder holder, Admission.Refused refusal) {
    refused.put(fingerprint(holder), refusal);
  }

  void admit(Chains.Holder holder) {
    refused.remove(fingerprint(holder));
  }

  /** How often a chain had to be verified. */
  int presented() {
    return presented.get();
  }

  static Sha256 fingerprint(Chains.Holder holder) {
    try {
      return Sha256.of(holder.chain().getFirst().getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public PresentedCredential present(List<byte[]> chain) {
    presented.incrementAndGet();
    Sha256 fingerprint = Sha256.of(chain.getFirst());
    return new PresentedCredential() {
      @Override
      public Admission now() {
        if (chain.size() > 8) {
          return refusal("chain-too-long", false, TlsAlert.BAD_CERTIFICATE);
        }
        Admission.Refused refusal = refused.get(fingerprint);
        return refusal != null ? refusal : new Admission.Admitted(device(fingerprint));
      }

      @Override
      public Place place() {
        return Standing.place(fingerprint);
      }
    };
  }

  static Place place(Sha256 fingerprint) {
    int index = ByteBuffer.wrap(fingerprint.bytes()).getInt();
    return new Place(LogId.of("log.example"), Integer.toUnsignedLong(index));
  }

  static ConnectedDevice device(Sha256 fingerprint) {
    return new ConnectedDevice(
        "M-1",
        "default",
        "site-1",
        "meter",
        "B",
        "L7",
        "order-1",
        "4f00",
        fingerprint,
        Instant.parse("2100-01-01T00:00:00Z"),
        place(fingerprint),
        Instant.parse("2026-01-01T00:00:00Z"));
  }
}
