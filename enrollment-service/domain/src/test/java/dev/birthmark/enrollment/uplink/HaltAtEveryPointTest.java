package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.registration.OrderRequest;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.testkit.pki.TestPki;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The process ends at each call of a port in turn; another one goes on with what is durable. */
final class HaltAtEveryPointTest {
  private static final String NAME = "eta";
  private static final int DEVICES = 4;

  private static final class Halted extends Error {
    private static final long serialVersionUID = 1L;

    Halted(String point) {
      super(point);
    }
  }

  /** One process of a site. */
  private static final class Life {
    final TestSite site;
    final LogPush push;
    final FeedFollow feed;
    final SiteLife life;
    final List<IssuedCredential> answered = new ArrayList<>();

    Life(SiteStore<SiteTransaction> store, IdentityUplink identity, KeyCustody custody) {
      site = new TestSite(TestPki.of(NAME), store, custody);
      push =
          new LogPush(
              store,
              identity,
              FakeIdentity.bundle(NAME),
              TestPki.verifier(),
              site.logSigner,
              site.clockGuard);
      feed =
          new FeedFollow(
              store, identity, FakeIdentity.bundle(NAME), TestPki.verifier(), NAME, site::now);
      life =
          new SiteLife(
              store,
              identity,
              FakeIdentity.bundle(NAME),
              site.pki.issuer(),
              TestPki.verifier(),
              site.logSigner,
              site.clockGuard,
              push);
    }

    void work() {
      while (life.step().state() != SiteState.OPEN) {
        // Registration and recovery go step by step.
      }
      site.registration.open(new OrderRequest("o-1", "model-1", "", "lot-1", "", DEVICES), "f");
      issue(0, 1);
      issue(2, 3);
      push.push();
      feed.follow();
    }

    void issue(int one, int two) {
      for (IssuanceOutcome outcome :
          site.issue(request("dev-" + one, "o-1", one), request("dev-" + two, "o-1", two))) {
        switch (outcome) {
          case IssuanceOutcome.Issued issued -> answered.add(issued.enrollment().credential());
          case IssuanceOutcome.AlreadyIssued known -> answered.add(known.enrollment().credential());
          case IssuanceOutcome.Refused refused -> throw new AssertionError(refused.detail());
        }
      }
    }
  }

  private static HaltPoints haltingAt(int number, List<String> passed) {
    return new HaltPoints(name -> {
      passed.add(name);
      if (passed.size() == number) {
        throw new Halted(name);
      }
    });
  }

  private static FakeIdentity identity() {
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
      InMemorySiteStore store = new InMemorySiteStore();
      FakeIdentity identity = identity();
      new TestSite(NAME, store).found(SiteState.UNREGISTERED);
      List<String> passed = new ArrayList<>();
      HaltPoints points = haltingAt(number, passed);
      KeyCustody custody = TestPki.of(NAME).issuerKey();
      Life first =
          new Life(points.around(store), points.around(IdentityUplink.class, identity), custody);
      try {
        first.work();
        finished = true;
      } catch (Halted halted) {
        assertThat(halted).hasMessage(passed.getLast());
      }
      Life second = new Life(store, identity, custody);
      second.work();
      verify(store, identity, first, second);
    }
    assertThat(number).isGreaterThan(60);
  }

  @Test
  void comesBackFromABackupThroughAnyHalt() {
    int number = 0;
    boolean finished = false;
    while (!finished) {
      number++;
      InMemorySiteStore store = new InMemorySiteStore();
      FakeIdentity identity = identity();
      identity.maxEntriesPerAnswer = 1;
      new TestSite(NAME, store).found(SiteState.UNREGISTERED);
      KeyCustody custody = TestPki.of(NAME).issuerKey();
      InMemorySiteStore backup = store.restoredBackup();
      Life before = new Life(store, identity, custody);
      before.work();
      List<String> passed = new ArrayList<>();
      HaltPoints points = haltingAt(number, passed);
      Life first =
          new Life(points.around(backup), points.around(IdentityUplink.class, identity), custody);
      try {
        settle(first);
        finished = true;
      } catch (Halted halted) {
        assertThat(halted).hasMessage(passed.getLast());
      }
      Life second = new Life(backup, identity, custody);
      settle(second);
      identity.reopen();
      second.work();
      assertThat(second.site.head().log().ordinal()).isEqualTo(2);
      assertThat(second.answered).containsExactlyElementsOf(before.answered);
      assertThat(second.site.account("o-1").issued()).isEqualTo(DEVICES);
    }
    assertThat(number).isGreaterThan(60);
  }

  private static void settle(Life life) {
    while (life.life.step().state() != SiteState.WAITING_REOPEN) {
      // Each step brings back one more entry.
    }
  }

  private static void verify(
      InMemorySiteStore store, FakeIdentity identity, Life first, Life second) {
    assertThat(second.answered).containsAll(first.answered).hasSize(DEVICES);
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
