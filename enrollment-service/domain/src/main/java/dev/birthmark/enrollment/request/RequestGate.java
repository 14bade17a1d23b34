package dev.birthmark.enrollment.request;

import dev.birthmark.credential.pkix.CertificationRequest;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyGate;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.RequestRefusedException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.RefusalReason;
import dev.birthmark.enrollment.registration.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Judges requests before they come to a group: size, form, the key's encoding and strength, proof
 * of possession; cheap checks first. Thread-safe, so requests are judged in parallel.
 */
public final class RequestGate {
  private final KeyGate keyGate;
  private final BlockedKeys blocked;
  private final SignatureVerifier verifier;

  /**
   * A site's gate.
   *
   * @param allowed kinds of key
   * @param blocked keys that are never taken
   */
  public RequestGate(Set<KeyAlgorithm> allowed, BlockedKeys blocked, SignatureVerifier verifier) {
    this.keyGate = new KeyGate(allowed, blocked::contains);
    this.blocked = blocked;
    this.verifier = verifier;
  }

  /**
   * Judges one request.
   *
   * @param party the authenticated caller
   */
  public GateOutcome judge(EnrollmentRequest asked, String party) {
    try {
      CertificationRequest request =
          CertificationRequest.read(asked.request().getBytes(StandardCharsets.UTF_8));
      // After the body is read, so that a private key in it is blocked whatever else is wrong.
      String fault = DeviceId.fault(asked.deviceId());
      if (fault != null) {
        return new GateOutcome.Refused("device-id", "deviceId", "device id " + fault);
      }
      DeviceId device = new DeviceId(asked.deviceId());
      fault = OrderId.fault(asked.order());
      if (fault != null) {
        return new GateOutcome.Refused(
            RefusalReason.ORDER_UNKNOWN.label(), "order", "no order's id " + fault);
      }
      SubjectPublicKey key = request.publicKey();
      keyGate.check(key);
      if (!request.hasWellFormedSignature()) {
        return new GateOutcome.Refused(
            "proof-of-possession", "signature", "the signature's encoding is not one");
      }
      if (!request.provesPossession(verifier)) {
        return new GateOutcome.Refused(
            "proof-of-possession", "signature", "the request is not signed by its own key");
      }
      return new GateOutcome.Accepted(
          new GatedRequest(device, asked.order(), key, party, asked.station()), request.ignored());
    } catch (RequestRefusedException e) {
      // Whoever carried the private key knows it now.
      e.exposedKey().ifPresent(key -> blocked.block(key.hash()));
      return new GateOutcome.Refused(e.reason().code(), e.part(), e.detail());
    } catch (KeyRefusedException e) {
      return new GateOutcome.Refused(e.reason().code(), "public key", e.detail());
    } catch (IllegalArgumentException e) {
      return new GateOutcome.Refused("malformed", "station", String.valueOf(e.getMessage()));
    }
  }
}
