package dev.birthmark.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.identity.registry.InMemoryRegistryStore;
import dev.birthmark.identity.registry.IngestOutcome;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.identity.revocation.DatabaseIdentity;
import dev.birthmark.identity.revocation.Installation;
import dev.birthmark.testkit.pki.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PutBackTest {
  private final TestSite site = new TestSite("berlin");
  private final InMemoryRegistryStore store = new InMemoryRegistryStore(() -> TestPki.NOW);
  private final TestIdentity identity = new TestIdentity(store);
  private DeviceCertificate certificate;

  @BeforeEach
  void enrolADevice() {
    identity.register(site);
    certificate = site.issue("dev-1");
    site.push(identity.ingest, 0);
    identity.replica.poll();
  }

  @Test
  void anotherDatabaseAllowsAndTakesInNothingUntilItIsAccepted() {
    store.becomes(new DatabaseIdentity("7000000000000000001", 2));
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("status-recovering");
    site.issue("dev-2");
    assertThat(site.push(identity.ingest, 1))
        .isInstanceOfSatisfying(
            IngestOutcome.Refused.class,
            refused ->
                assertThat(refused.why()).isEqualTo(IngestOutcome.Refusal.STATUS_RECOVERING));
    Installation.promoted(store);
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("allow");
  }

  @Test
  void aFeedThatIsBehindWhatWasAppliedAllowsNothing() {
    var backup = store.backup();
    identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1");
    store.putBack(backup);
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("status-recovering");
  }

  @Test
  void aFeedThatWentAnotherWayAllowsNothing() {
    var backup = store.backup();
    identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1");
    store.putBack(backup);
    TestIdentity other = new TestIdentity(store);
    other.change("x1", ChangeKind.SUSPEND, SelectorAttribute.LOT, "x");
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("status-recovering");
    other.change("x2", ChangeKind.SUSPEND, SelectorAttribute.LOT, "y");
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("status-recovering");
  }
}
