package dev.birthmark.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.InMemoryRegistryStore;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestChains;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeciderTest {
  private static final TestSite SITE = new TestSite("berlin");

  // Signatures differ from run to run, so what is presented must be what was logged.
  private static final DeviceCertificate CERTIFICATE = SITE.issue("dev-1");
  private static final DeviceCertificate AMBULANCE =
      SITE.issue("dev-2", draft -> draft.model("ambulance"));
  private TestIdentity identity;

  @BeforeEach
  void takeInTwoDevices() {
    identity = new TestIdentity(new InMemoryRegistryStore(() -> TestPki.NOW));
    identity.register(SITE);
    SITE.push(identity.ingest, 0);
    identity.replica.poll();
  }

  static Stream<TestChains.Chain> chains() {
    return TestChains.around(SITE.pki(), CERTIFICATE.der()).stream();
  }

  @ParameterizedTest
  @MethodSource("chains")
  void decidesAboutAPresentedChain(TestChains.Chain chain) {
    Decision decision = identity.decide(new Presented.Chain(chain.certificates()));
    assertThat(TestIdentity.word(decision)).isEqualTo(chain.expected());
    assertThat(decision.basis().statusAsOf()).contains(TestPki.NOW);
  }

  @Test
  void tellsWhoTheDeviceIs() {
    Decision.Allow allow = (Decision.Allow) identity.decide(CERTIFICATE);
    assertThat(allow.device().device().value()).isEqualTo("dev-1");
    assertThat(allow.device().facts().model()).isEqualTo("m-1");
    assertThat(allow.device().tenant()).isEqualTo(TestSite.TENANT);
    assertThat(allow.basis().logSize()).isEqualTo(2);
  }

  @Test
  void refusesMoreOctetsThanAChainMayHave() {
    List<byte[]> huge = List.of(CERTIFICATE.der(), new byte[Presented.Chain.MAX_OCTETS]);
    assertThat(TestIdentity.word(identity.decide(new Presented.Chain(huge))))
        .isEqualTo("too-large");
  }

  @Test
  void allowsABareFingerprintOnlyWhenAllOfItMatches() {
    FingerprintResolver resolver =
        new FingerprintResolver(
            print -> identity.store.read(tx -> tx.credentials().byFingerprint(print)), 16);
    Sha256 fingerprint = CERTIFICATE.fingerprint();
    assertThat(resolver.cached(fingerprint)).isEmpty();
    assertThat(TestIdentity.word(identity.decide(resolver.resolve(fingerprint))))
        .isEqualTo("allow");
    assertThat(resolver.cached(fingerprint)).isPresent();
    byte[] near = fingerprint.bytes();
    near[31] ^= 1;
    assertThat(TestIdentity.word(identity.decide(resolver.resolve(new Sha256(near)))))
        .isEqualTo("unknown-credential");
    identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1");
    assertThat(TestIdentity.word(identity.decide(resolver.resolve(fingerprint))))
        .isEqualTo("revoked");
  }

  @Test
  void saysWhyADeviceIsSuspended() {
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.DEVICE_ID, "dev-1");
    Decision.Deny deny = (Decision.Deny) identity.decide(CERTIFICATE);
    assertThat(deny.reason()).isEqualTo(DenyReason.SUSPENDED);
    assertThat(deny.cause()).contains(Reason.RECALL);
    assertThat(deny.retryable()).isFalse();
  }

  @Test
  void deniesByStaleStatusUnlessThePolicySaysOtherwiseForTheModel() {
    identity.nanos.addAndGet(TestIdentity.BOUND.toNanos());
    assertThat(TestIdentity.word(identity.decide(CERTIFICATE))).isEqualTo("allow");
    identity.nanos.addAndGet(1);
    Decision.Deny deny = (Decision.Deny) identity.decide(CERTIFICATE);
    assertThat(deny.reason()).isEqualTo(DenyReason.STALE_STATUS);
    assertThat(deny.retryable()).isTrue();
    Decision.Allow allow = (Decision.Allow) identity.decide(AMBULANCE);
    assertThat(allow.obligations()).containsExactly(Obligation.ASK_AGAIN);
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(CERTIFICATE))).isEqualTo("allow");
  }

  @Test
  void deniesEverythingBeforeTheFirstPoll() {
    Decision decision =
        identity.decider.decide(
            new Presented.Chain(List.of(CERTIFICATE.der())),
            ConnectionFacts.NONE,
            identity.replica.anchors(),
            StatusView.EMPTY,
            TestIdentity.policy(),
            new Moment(TestPki.NOW, 0));
    assertThat(TestIdentity.word(decision)).isEqualTo("stale-status");
    assertThat(decision.basis().statusAsOf()).isEqualTo(Optional.<Instant>empty());
  }

  @Test
  void answersABackendForItsOwnTenantOnly() {
    Decision decision =
        identity.decider.decide(
            new Presented.Chain(List.of(CERTIFICATE.der())),
            ConnectionFacts.NONE,
            identity.replica.anchors().of("another"),
            identity.replica.view(),
            TestIdentity.policy(),
            new Moment(TestPki.NOW, 0));
    assertThat(TestIdentity.word(decision)).isEqualTo("unknown-issuer");
  }
}
