package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.log.Place;
import dev.birthmark.identity.authentication.Decision;
import dev.birthmark.identity.authentication.DenyReason;
import dev.birthmark.identity.authentication.DeviceFacts;
import dev.birthmark.identity.authentication.Presented;
import dev.birthmark.identity.registry.Facts;
import dev.birthmark.identity.server.device.ConnectedDevice;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Authenticates devices by the one decider, and says its reasons in the words of TLS. */
final class DecidedAuthentication implements DeviceAuthentication {
  private final Function<Presented, Decision> decider;

  /**
   * @param decider decides with the anchors, the status and the time of the moment it is called
   */
  DecidedAuthentication(Function<Presented, Decision> decider) {
    this.decider = decider;
  }

  @Override
  public PresentedCredential present(List<byte[]> chain) {
    return new Shown(new Presented.Chain(chain));
  }

  /** The whole chain is decided on each time; what is dear in it, its signature, is remembered. */
  private final class Shown implements PresentedCredential {
    private final Presented chain;
    private volatile @Nullable Place place;

    Shown(Presented chain) {
      this.chain = chain;
    }

    @Override
    public Admission now() {
      return switch (decider.apply(chain)) {
        case Decision.Allow allow -> {
          place = allow.device().place();
          yield new Admission.Admitted(device(allow));
        }
        case Decision.Deny deny ->
            new Admission.Refused(
                deny.reason().text(),
                deny.detail(),
                deny.nextStep(),
                deny.retryable(),
                alert(deny.reason()));
      };
    }

    @Override
    public @Nullable Place place() {
      return place;
    }
  }

  private static ConnectedDevice device(Decision.Allow allow) {
    DeviceFacts device = allow.device();
    Facts facts = device.facts();
    return new ConnectedDevice(
        device.device().value(),
        device.tenant(),
        facts.site().site(),
        facts.model(),
        facts.hardwareRevision(),
        facts.lot(),
        facts.order(),
        device.serial().hex(),
        device.fingerprint(),
        device.notAfter(),
        device.place(),
        allow.basis().statusAsOf().orElse(Instant.EPOCH));
  }

  /** The alert of RFC 8446 §6.2 that says most of a reason. */
  static TlsAlert alert(DenyReason reason) {
    return switch (reason) {
      case MALFORMED,
          BAD_SIGNATURE,
          WEAK_SIGNATURE,
          LOG_MISMATCH,
          BAD_ENTRY,
          CHAIN_TOO_LONG,
          TOO_LARGE ->
          TlsAlert.BAD_CERTIFICATE;
      case NOT_A_DEVICE_CERTIFICATE -> TlsAlert.UNSUPPORTED_CERTIFICATE;
      case REVOKED, SUSPENDED -> TlsAlert.CERTIFICATE_REVOKED;
      case EXPIRED, NOT_YET_VALID -> TlsAlert.CERTIFICATE_EXPIRED;
      case NOT_IN_LOG, UNKNOWN_CREDENTIAL -> TlsAlert.CERTIFICATE_UNKNOWN;
      case UNKNOWN_ISSUER -> TlsAlert.UNKNOWN_CA;
      case STALE_STATUS, STATUS_RECOVERING -> TlsAlert.INTERNAL_ERROR;
    };
  }
}
