package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.SiteProcess.DEVICES;
import static dev.birthmark.enrollment.uplink.SiteProcess.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.testkit.pki.TestPki;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The process ends at each call of a port in turn; another one goes on with what is durable. What
 * was answered must be there, and nothing twice.
 */
public abstract class HaltContract {

  /** The process ends here. */
  static final class Halted extends Error {
    private static final long serialVersionUID = 1L;

    Halted(String point) {
      super(point);
    }
  }

  /** A store with nothing in it. */
  protected abstract SiteStore<SiteTransaction> emptyStore();

  /** What a store loses when its process ends: its connections. */
  protected void processEnds() {}

  /** Points of which the one with this number, counted from 1, ends the process. */
  final HaltPoints haltingAt(int number, List<String> passed) {
    return new HaltPoints(name -> {
      passed.add(name);
      if (passed.size() == number) {
        processEnds();
        throw new Halted(name);
      }
    });
  }

  /** An identity service that has a change to tell. */
  static FakeIdentity identity() {
    FakeIdentity identity = new FakeIdentity(new TestSite(NAME, new InMemorySiteStore()));
    identity.register();
    identity.change(
        ChangeKind.REVOKE, Selector.of(SelectorAttribute.LOT, "lot-9"), Optional.empty());
    return identity;
  }

  @Test
  void losesNothingThatWasAnsweredAndGivesNothingTwice() {
    int number = 0;
    boolean finished = false;
    while (!finished) {
      number++;
      SiteStore<SiteTransaction> store = emptyStore();
      FakeIdentity identity = identity();
      new TestSite(NAME, store).found(SiteState.UNREGISTERED);
      List<String> passed = new ArrayList<>();
      HaltPoints points = haltingAt(number, passed);
      KeyCustody custody = TestPki.of(NAME).issuerKey();
      List<IssuedCredential> answered = new ArrayList<>();
      try {
        new SiteProcess(
                points.around(store),
                points.around(IdentityUplink.class, identity),
                points.around(KeyCustody.class, custody),
                answered)
            .work();
        finished = true;
      } catch (Halted halted) {
        assertThat(halted).hasMessage(passed.getLast());
      }
      SiteProcess second = new SiteProcess(store, identity, custody, new ArrayList<>());
      second.work();
      verify(store, identity, answered, second);
    }
    assertThat(number).isGreaterThan(60);
  }

  private static void verify(
      SiteStore<SiteTransaction> store,
      FakeIdentity identity,
      List<IssuedCredential> answered,
      SiteProcess second) {
    assertThat(second.answered).containsAll(answered).hasSize(DEVICES);
    LogHead log = second.site.head().log();
    assertThat(log.size()).isEqualTo(DEVICES);
    Sha256 root =
        store.read(tx ->
            new StoredTree(
                    (level, from, count) -> tx.log().hashes(log.log(), level, from, count),
                    log.size())
                .root());
    assertThat(root).isEqualTo(log.root());
    assertThat(second.site.account("o-1").issued()).isEqualTo(DEVICES);
    assertThat(identity.size(log.log())).isEqualTo(DEVICES);
    assertThat(second.push.registered().size()).isEqualTo(DEVICES);
    assertThat(identity.acknowledged).isNotEmpty();
  }
}
