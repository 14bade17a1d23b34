package dev.birthmark.identity.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.Acknowledgement;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.InMemoryRegistryStore;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestPki;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of consumers. A store's own tests may run them too. */
public class ConsumersTest {
  private static final String TENANT = TestSite.TENANT;
  private TestIdentity identity;
  private Consumers consumers;
  private RecordedChange change;

  /** The store that the rules are tried on. */
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }

  @BeforeEach
  void makeAChange() {
    identity = new TestIdentity(newStore());
    identity.register(new TestSite("berlin"));
    consumers = new Consumers(identity.store);
    change =
        ((ChangeOutcome.Made) identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "x"))
            .change();
    consumers.register(TENANT, "broker", ConsumerRow.Kind.CONSUMER, "party-1");
  }

  @Test
  void takesAnAcknowledgementWithItsProof() {
    Sha256 proof = Acknowledgement.proof("broker", change.encoded().der());
    assertThat(consumers.acknowledge(TENANT, "broker", "party-1", change.position(), proof))
        .isInstanceOf(Consumers.Outcome.Done.class);
    List<Consumers.Reach> reach = consumers.reach(TENANT, change.position()).orElseThrow();
    assertThat(reach).extracting(Consumers.Reach::reached).containsExactly(true);
  }

  @Test
  void refusesWhoeverWasNotSentTheChange() {
    Sha256 others = Acknowledgement.proof("another", change.encoded().der());
    assertThat(consumers.acknowledge(TENANT, "broker", "party-1", change.position(), others))
        .isEqualTo(
            new Consumers.Outcome.Refused(
                Consumers.Refusal.PROOF_WRONG, "the proof is not of this change and this name"));
    assertThat(consumers.reach(TENANT, change.position()).orElseThrow())
        .extracting(Consumers.Reach::reached)
        .containsExactly(false);
  }

  @Test
  void refusesAnotherSubjectAndAPositionBeyondTheHead() {
    Sha256 proof = Acknowledgement.proof("broker", change.encoded().der());
    assertThat(refusal(consumers.acknowledge(TENANT, "broker", "x", change.position(), proof)))
        .isEqualTo(Consumers.Refusal.UNKNOWN);
    assertThat(
            refusal(consumers.acknowledge(TENANT, "broker", "party-1", new Position(0, 9), proof)))
        .isEqualTo(Consumers.Refusal.BEYOND_HEAD);
    assertThat(refusal(consumers.register(TENANT, "broker", ConsumerRow.Kind.CONSUMER, "party-2")))
        .isEqualTo(Consumers.Refusal.NAME_TAKEN);
  }

  @Test
  void countsReplicasToo() {
    consumers.replicaApplied("node-1", identity.replica.view().positions());
    assertThat(consumers.reach(TENANT, change.position()).orElseThrow())
        .filteredOn(reach -> reach.kind() == ConsumerRow.Kind.REPLICA)
        .extracting(Consumers.Reach::reached)
        .containsExactly(true);
    assertThat(consumers.reach(TENANT, new Position(0, 2))).isEmpty();
  }

  private static Consumers.Refusal refusal(Consumers.Outcome outcome) {
    return ((Consumers.Outcome.Refused) outcome).why();
  }
}
