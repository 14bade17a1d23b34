package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.enrollment.issuance.Enrollment;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.testkit.pki.TestPki;
import org.junit.jupiter.api.Test;

final class SiteLifeTest {
  private static final String NAME = "zeta";

  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestSite site = new TestSite(NAME, store);
  private final FakeIdentity identity = new FakeIdentity(site);

  /** The site's uplink over some store. */
  private record Running(TestSite site, LogPush push, SiteLife life) {
    SiteState state() {
      return site.head().standing().state();
    }

    /** Steps until two in a row change nothing here: one may have moved the mirror only. */
    SiteState settle() {
      int idle = 0;
      while (idle < 2) {
        LogHead log = site.head().log();
        SiteState state = state();
        life.step();
        idle = state == state() && log.equals(site.head().log()) ? idle + 1 : 0;
      }
      return state();
    }

    IssuanceOutcome issue(String device, int key) {
      return site.issue(request(device, "o-1", key)).getFirst();
    }

    long issued(String device, int key) {
      Enrollment enrollment = ((IssuanceOutcome.Issued) issue(device, key)).enrollment();
      return enrollment.credential().place().index();
    }
  }

  private Running run(InMemorySiteStore over) {
    TestSite on = new TestSite(NAME, over);
    LogPush push =
        new LogPush(
            over,
            identity,
            FakeIdentity.bundle(NAME),
            TestPki.verifier(),
            on.logSigner,
            on.clockGuard);
    SiteLife life =
        new SiteLife(
            over,
            identity,
            FakeIdentity.bundle(NAME),
            on.pki.issuer(),
            TestPki.verifier(),
            on.logSigner,
            on.clockGuard,
            push);
    return new Running(on, push, life);
  }

  /** An open site that has issued and registered dev-0, dev-1 and dev-2. */
  private Running openSite() {
    site.found(SiteState.UNREGISTERED);
    identity.register();
    Running running = run(store);
    assertThat(running.settle()).isEqualTo(SiteState.OPEN);
    site.order("o-1", 20);
    for (int i = 0; i < 3; i++) {
      running.issued("dev-" + i, i);
    }
    running.push().push();
    return running;
  }

  @Test
  void opensWhenTheIdentityServiceKnowsTheSite() {
    site.found(SiteState.UNREGISTERED);
    Running running = run(store);
    assertThat(running.settle()).isEqualTo(SiteState.UNREGISTERED);
    identity.register();
    assertThat(running.settle()).isEqualTo(SiteState.OPEN);
    assertThat(running.settle()).isEqualTo(SiteState.OPEN);
  }

  @Test
  void comesBackFromABackupAndIssuesInTheNextLogOnlyAfterItWasReopened() {
    Running before = openSite();
    InMemorySiteStore backup = store.restoredBackup();
    before.issued("dev-3", 3);
    Enrollment lost = ((IssuanceOutcome.Issued) before.issue("dev-4", 4)).enrollment();
    before.push().push();

    Running after = run(backup);
    assertThat(after.issue("dev-9", 9)).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(after.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    assertThat(after.issue("dev-9", 9)).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(after.site().head().log().root()).isEqualTo(site.head().log().root());
    assertThat(after.site().account("o-1").issued()).isEqualTo(5);
    assertThat(after.site().enrollments.find(new DeviceId("dev-4")).orElseThrow().credential())
        .isEqualTo(lost.credential());

    identity.reopen();
    assertThat(after.settle()).isEqualTo(SiteState.OPEN);
    assertThat(after.site().head().log().origin()).isEqualTo(site.pki.origin() + "/2");
    assertThat(after.issued("dev-9", 9)).isZero();
    assertThat(after.issue("dev-4", 4)).isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
    assertThat(after.issue("dev-5", 4)).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(after.push().push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(after.site().account("o-1").issued()).isEqualTo(6);
    assertThat(after.site().publication.checkpoint(site.pki.logId())).isPresent();
  }

  @Test
  void rebuildsAnOrderThatTheBackupDoesNotKnow() {
    Running before = openSite();
    InMemorySiteStore backup = store.restoredBackup();
    site.order("o-2", "lot-2", 7);
    site.issue(request("dev-3", "o-2", 3));
    before.push().push();
    Running after = run(backup);
    after.settle();
    assertThat(after.site().account("o-2"))
        .satisfies(account -> {
          assertThat(account.order().quantity()).isEqualTo(7);
          assertThat(account.order().lot()).isEqualTo("lot-2");
          assertThat(account.issued()).isEqualTo(1);
        });
  }

  @Test
  void pushesWhatOnlyTheBackupHas() {
    Running before = openSite();
    before.issued("dev-3", 3);
    Running after = run(store.restoredBackup());
    assertThat(after.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    assertThat(identity.size(site.pki.logId())).isEqualTo(4);
  }

  @Test
  void fetchesWhatItsFormerLifePushedWhileItWaited() {
    Running before = openSite();
    Running after = run(store.restoredBackup());
    assertThat(after.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    before.issued("dev-3", 3);
    before.push().push();
    identity.reopen();
    assertThat(after.settle()).isEqualTo(SiteState.OPEN);
    assertThat(after.issue("dev-3", 3)).isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
    assertThat(after.issued("dev-9", 9)).isZero();
  }

  @Test
  void neverIssuesInALogThatAFormerLifeMayHaveIssuedIn() {
    openSite();
    InMemorySiteStore first = store.restoredBackup();
    InMemorySiteStore second = store.restoredBackup();
    Running one = run(first);
    one.settle();
    identity.reopen();
    assertThat(one.settle()).isEqualTo(SiteState.OPEN);
    // It issues in /2 and is lost before it pushes.
    assertThat(one.issued("dev-8", 8)).isZero();

    Running two = run(second);
    assertThat(two.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    assertThat(two.site().head().log().origin()).endsWith("/2");
    identity.reopen();
    assertThat(two.settle()).isEqualTo(SiteState.OPEN);
    assertThat(two.site().head().log().origin()).endsWith("/3");
  }

  @Test
  void takesTheLastLogWhenTheAdministratorAskedTwice() {
    openSite();
    Running after = run(store.restoredBackup());
    assertThat(after.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    identity.reopen();
    identity.reopen();
    assertThat(after.settle()).isEqualTo(SiteState.OPEN);
    assertThat(after.site().head().log().origin()).endsWith("/3");
  }

  @Test
  void bringsBackSeveralLogsOneAfterTheOther() {
    openSite();
    InMemorySiteStore old = store.restoredBackup();
    Running one = run(store.restoredBackup());
    one.settle();
    identity.reopen();
    one.settle();
    one.issued("dev-8", 8);
    one.push().push();
    Running two = run(old);
    assertThat(two.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    identity.reopen();
    assertThat(two.settle()).isEqualTo(SiteState.OPEN);
    assertThat(two.site().head().log().origin()).endsWith("/3");
    assertThat(two.issue("dev-8", 8)).isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
    assertThat(two.site().account("o-1").issued()).isEqualTo(4);
  }

  @Test
  void forgetsEntriesBeforeWhichItsLogWasClosed() {
    Running before = openSite();
    before.issued("dev-3", 3);
    InMemorySiteStore backup = store.restoredBackup();
    // Too early: the site had no chance to push dev-3.
    identity.reopen();
    Running after = run(backup);
    assertThat(after.settle()).isEqualTo(SiteState.WAITING_REOPEN);
    identity.reopen();
    assertThat(after.settle()).isEqualTo(SiteState.OPEN);
    assertThat(after.site().account("o-1").issued()).isEqualTo(3);
    assertThat(after.site().enrollments.find(new DeviceId("dev-3"))).isEmpty();
    assertThat(after.issued("dev-3", 3)).isZero();
  }

  @Test
  void haltsWhenItIssuedAfterARestoreThatNothingShowed() {
    Running before = openSite();
    InMemorySiteStore copy = store.unnoticedBackup();
    before.issued("dev-3", 3);
    before.issued("dev-4", 4);
    before.push().push();
    Running after = run(copy);
    after.issued("dev-5", 5);
    assertThat(after.settle()).isEqualTo(SiteState.HALTED);
    assertThat(after.issue("dev-6", 6)).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(after.settle()).isEqualTo(SiteState.HALTED);
    identity.reopen();
    assertThat(after.settle()).isEqualTo(SiteState.HALTED);
  }

  @Test
  void noticesAtItsStartThatTheMirrorHoldsMore() {
    Running before = openSite();
    InMemorySiteStore copy = store.unnoticedBackup();
    before.issued("dev-3", 3);
    before.push().push();
    assertThat(run(copy).settle()).isEqualTo(SiteState.WAITING_REOPEN);
  }

  @Test
  void startsWithoutTheIdentityService() {
    openSite();
    identity.unreachable = true;
    Running after = run(store);
    assertThatThrownBy(() -> after.life().step()).isInstanceOf(UplinkUnavailableException.class);
    assertThat(after.issued("dev-3", 3)).isEqualTo(3);
  }

  @Test
  void knowsTheNextLogAlsoWhereANumberWasPassedOver() {
    openSite();
    Running after = run(store.restoredBackup());
    after.settle();
    identity.reopen();
    identity.passOver(LogId.of(LogOrigin.ordinal(site.pki.origin(), 2)), 3);
    assertThat(after.settle()).isEqualTo(SiteState.OPEN);
    assertThat(after.site().head().log().ordinal()).isEqualTo(3);
  }
}
