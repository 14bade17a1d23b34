package dev.birthmark.identity.server.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Decider;
import dev.birthmark.identity.authentication.Decision;
import dev.birthmark.identity.authentication.DenyReason;
import dev.birthmark.identity.authentication.DeviceFacts;
import dev.birthmark.identity.authentication.Moment;
import dev.birthmark.identity.authentication.Policy;
import dev.birthmark.identity.authentication.StatusView;
import dev.birthmark.identity.authentication.TrustAnchors;
import dev.birthmark.identity.authentication.VerifiedSignatures;
import dev.birthmark.identity.registry.Facts;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.registry.TagKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidedAuthenticationTest {
  private static final TestPki PKI = TestPki.of("site");
  private static final DeviceCertificate CERTIFICATE = PKI.issue("M-1", 7);
  private static final Place PLACE = new Place(PKI.logId(), 7);
  private static final Decision.Basis BASIS =
      new Decision.Basis(Optional.of(TestPki.NOW), Position.START, Optional.of(PLACE), 8);
  private static final Decision ALLOW =
      new Decision.Allow(
          new DeviceFacts(
              CERTIFICATE.deviceId().orElseThrow(),
              new Facts(new SiteName("acme", "lyon"), "o-1", "L7", "meter", "B", "idevid", "s-1"),
              CERTIFICATE.serial(),
              CERTIFICATE.fingerprint(),
              CERTIFICATE.notAfter(),
              PLACE),
          List.of(),
          BASIS);

  private static Decision deny(DenyReason reason) {
    return new Decision.Deny(reason, "in words", Optional.empty(), reason.isRetryable(), BASIS);
  }

  @Test
  void admitsWhomTheDeciderAllowsWithItsFacts() {
    PresentedCredential shown =
        new DecidedAuthentication(presented -> ALLOW).present(List.of(CERTIFICATE.der()));
    assertThat(shown.place()).isNull();
    assertThat(shown.now())
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> {
              assertThat(admitted.device().id()).isEqualTo("M-1");
              assertThat(admitted.device().tenant()).isEqualTo("acme");
              assertThat(admitted.device().site()).isEqualTo("lyon");
              assertThat(admitted.device().model()).isEqualTo("meter");
              assertThat(admitted.device().statusAsOf()).isEqualTo(TestPki.NOW);
            });
    assertThat(shown.place()).isEqualTo(PLACE);
  }

  @Test
  void asksAgainEachTime() {
    var decision = new AtomicReference<>(ALLOW);
    PresentedCredential shown =
        new DecidedAuthentication(presented -> decision.get()).present(List.of(CERTIFICATE.der()));
    assertThat(shown.now()).isInstanceOf(Admission.Admitted.class);
    decision.set(deny(DenyReason.REVOKED));
    assertThat(shown.now())
        .isEqualTo(
            new Admission.Refused(
                "revoked",
                "in words",
                DenyReason.REVOKED.nextStep(),
                false,
                TlsAlert.CERTIFICATE_REVOKED));
    assertThat(shown.place()).isEqualTo(PLACE);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_IN_LOG, 46",
    "LOG_MISMATCH, 42",
    "BAD_ENTRY, 42",
    "REVOKED, 44",
    "SUSPENDED, 44",
    "UNKNOWN_ISSUER, 48",
    "UNKNOWN_CREDENTIAL, 46",
    "MALFORMED, 42",
    "EXPIRED, 45",
    "NOT_YET_VALID, 45",
    "NOT_A_DEVICE_CERTIFICATE, 43",
    "BAD_SIGNATURE, 42",
    "WEAK_SIGNATURE, 42",
    "STALE_STATUS, 80",
    "STATUS_RECOVERING, 80",
    "CHAIN_TOO_LONG, 42",
    "TOO_LARGE, 42"
  })
  void saysEachReasonWithItsAlert(DenyReason reason, int alert) {
    assertThat(DecidedAuthentication.alert(reason).code()).isEqualTo(alert);
  }

  @Test
  void refusesWhatTheRealDeciderDoesNotKnowOrCannotRead() {
    var decider =
        new Decider(new VerifiedSignatures(TestPki.verifier(), 16), new TagKey(new byte[32]));
    var authentication =
        new DecidedAuthentication(presented ->
            decider.decide(
                presented,
                ConnectionFacts.NONE,
                TrustAnchors.NONE,
                StatusView.EMPTY,
                new Policy(Duration.ofSeconds(30), new TreeSet<>()),
                new Moment(TestPki.NOW, 0)));
    assertThat(reason(authentication, List.of(CERTIFICATE.der()))).isEqualTo("unknown-issuer");
    assertThat(reason(authentication, List.of(new byte[] {0x30}))).isEqualTo("malformed");
    assertThat(reason(authentication, List.of())).isEqualTo("malformed");
    assertThat(reason(authentication, java.util.Collections.nCopies(57, CERTIFICATE.der())))
        .isEqualTo("chain-too-long");
  }

  private static String reason(DeviceAuthentication authentication, List<byte[]> chain) {
    return ((Admission.Refused) authentication.present(chain).now()).reason();
  }
}
