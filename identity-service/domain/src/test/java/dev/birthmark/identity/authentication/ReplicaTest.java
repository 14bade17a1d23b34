package dev.birthmark.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.registry.InMemoryRegistryStore;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestPki;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of replicas. A store's own tests may run them too. */
public class ReplicaTest {
  private final TestSite site = new TestSite("berlin");
  private TestIdentity identity;

  /** The store that the rules are tried on. */
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }

  @BeforeEach
  void registerTheSite() {
    identity = new TestIdentity(newStore());
    identity.register(site);
  }

  @Test
  void oneThatJoinsAndOneThatFollowedDecideTheSame() {
    Replica following = newReplica();
    following.poll();
    List<DeviceCertificate> certificates = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      certificates.add(site.issue("dev-" + i, draft -> draft.lot("lot-" + number % 4)));
    }
    site.addRaw(new byte[] {1});
    site.push(identity.ingest, 0);
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-1");
    following.poll();
    identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-2");
    identity.change(ChangeKind.RESTORE, SelectorAttribute.DEVICE_ID, "dev-1");
    following.poll();
    Replica joining = newReplica();
    joining.poll();
    for (long index = 0; index <= 20; index++) {
      assertThat(joining.view().status(site.place(index)))
          .isEqualTo(following.view().status(site.place(index)))
          .isPresent();
      assertThat(joining.view().why(site.place(index)))
          .isEqualTo(following.view().why(site.place(index)));
    }
    assertThat(joining.view().positions()).isEqualTo(following.view().positions());
    assertThat(TestIdentity.word(decide(joining, certificates.get(1)))).isEqualTo("allow");
    assertThat(TestIdentity.word(decide(joining, certificates.get(5)))).isEqualTo("suspended");
    assertThat(TestIdentity.word(decide(following, certificates.get(2)))).isEqualTo("revoked");
  }

  @Test
  void tellsWhoLostStandingAfterItDecidesSo() {
    site.issue("dev-1");
    site.push(identity.ingest, 0);
    Replica replica = newReplica();
    replica.poll();
    List<String> heard = new ArrayList<>();
    replica.addListener((Members members) -> {
      assertThat(members.contains(site.place(0))).isTrue();
      heard.add(replica.view().status(site.place(0)).orElseThrow().text());
    });
    identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1");
    replica.poll();
    replica.poll();
    assertThat(heard).containsExactly("revoked");
  }

  @Test
  void neverShowsAnEntryOfARecalledLotWithoutItsFollowOn() {
    Replica replica = newReplica();
    replica.poll();
    identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    DeviceCertificate certificate = site.issue("dev-1");
    assertThat(TestIdentity.word(decide(replica, certificate))).isEqualTo("not-in-log");
    site.push(identity.ingest, 0);
    assertThat(TestIdentity.word(decide(replica, certificate))).isEqualTo("not-in-log");
    replica.poll();
    assertThat(TestIdentity.word(decide(replica, certificate))).isEqualTo("revoked");
  }

  @Test
  void learnsOfANewSiteWithTheNextPoll() {
    TestSite porto = new TestSite("porto");
    DeviceCertificate certificate = porto.issue("dev-9");
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("unknown-issuer");
    identity.register(porto);
    porto.push(identity.ingest, 0);
    identity.replica.poll();
    assertThat(TestIdentity.word(identity.decide(certificate))).isEqualTo("allow");
  }

  private Replica newReplica() {
    return new Replica(identity.store, identity.directory, identity.nanos::get, () -> TestPki.NOW);
  }

  private Decision decide(Replica replica, DeviceCertificate certificate) {
    return identity.decider.decide(
        new Presented.Chain(List.of(certificate.der())),
        ConnectionFacts.NONE,
        replica.anchors(),
        replica.view(),
        TestIdentity.policy(),
        new Moment(TestPki.NOW, identity.nanos.get()));
  }
}
