package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.uplink.InMemorySiteStore.CommitFault;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogPushTest {
  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestSite site = new TestSite("delta", store).found(SiteState.OPEN);
  private final FakeIdentity identity = new FakeIdentity(site).register();
  private final LogId log = site.pki.logId();
  private final LogPush push = push(IdentityUplink.MAX_OCTETS);

  private LogPush push(int maxOctets) {
    return new LogPush(
        store,
        identity,
        FakeIdentity.bundle("delta"),
        TestPki.verifier(),
        site.logSigner,
        site.clockGuard,
        maxOctets);
  }

  @BeforeEach
  void issue() {
    site.order("o-1", 100);
    site.issue(request("dev-1", "o-1", 1), request("dev-2", "o-1", 2));
  }

  private SiteState state() {
    return site.head().standing().state();
  }

  @Test
  void registersWhatWasIssuedAndThenHasNothingToPush() {
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(push.registered().size()).isEqualTo(2);
    assertThat(push.registered().checkpoint()).contains("id.example.test/cosigner");
    assertThat(identity.size(log)).isEqualTo(2);
    assertThat(push.push()).isEqualTo(new PushResult.UpToDate(push.registered()));
    assertThat(identity.pushes).isEqualTo(1);
  }

  @Test
  void cutsABacklogIntoPushesThatTheIdentityServiceTakes() {
    for (int i = 3; i < 30; i++) {
      site.issue(request("dev-" + i, "o-1", i));
    }
    LogPush small = push(4000);
    int pushes = 0;
    while (small.push() instanceof PushResult.Pushed) {
      pushes++;
    }
    assertThat(pushes).isGreaterThan(5);
    assertThat(identity.size(log)).isEqualTo(29);
    assertThat(state()).isEqualTo(SiteState.OPEN);
  }

  @Test
  void resumesAfterALostAnswer() {
    identity.losesAnswers = 1;
    assertThatThrownBy(push::push).isInstanceOf(UplinkUnavailableException.class);
    site.issue(request("dev-3", "o-1", 3));
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(push.registered().size()).isEqualTo(2);
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(push.registered().size()).isEqualTo(3);
    assertThat(state()).isEqualTo(SiteState.OPEN);
  }

  @Test
  void pushesAgainWhenItCouldNotKeepWhatTheAnswerSaid() {
    store.failCommit(CommitFault.UNAVAILABLE);
    assertThatThrownBy(push::push).isInstanceOf(RuntimeException.class);
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(push.registered().size()).isEqualTo(2);
  }

  @Test
  void beginsAnewWhenTheMirrorWasPutBack() {
    push.push();
    identity.forgetEverything();
    site.issue(request("dev-3", "o-1", 3));
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
    assertThat(identity.size(log)).isEqualTo(3);
    assertThat(state()).isEqualTo(SiteState.OPEN);
  }

  @Test
  void haltsTheSiteWhenItsLogWasForked() {
    TestSite copy = new TestSite("delta", store.unnoticedBackup());
    LogPush copysPush =
        new LogPush(
            copy.store,
            identity,
            FakeIdentity.bundle("delta"),
            TestPki.verifier(),
            copy.logSigner,
            copy.clockGuard);
    site.issue(request("dev-3", "o-1", 3));
    copy.issue(request("dev-4", "o-1", 4));
    push.push();
    assertThat(copysPush.push()).isEqualTo(new PushResult.StandingChanged());
    assertThat(copy.head().standing().state()).isEqualTo(SiteState.HALTED);
    assertThat(copysPush.push()).isEqualTo(new PushResult.NotNow());
    assertThat(state()).isEqualTo(SiteState.OPEN);
  }

  @Test
  void recoversWhenTheMirrorHoldsMoreThanTheSite() {
    InMemorySiteStore backup = store.unnoticedBackup();
    site.issue(request("dev-3", "o-1", 3));
    push.push();
    TestSite restored = new TestSite("delta", backup);
    LogPush late =
        new LogPush(
            backup,
            identity,
            FakeIdentity.bundle("delta"),
            TestPki.verifier(),
            restored.logSigner,
            restored.clockGuard);
    assertThat(late.push()).isEqualTo(new PushResult.StandingChanged());
    assertThat(restored.head().standing().state()).isEqualTo(SiteState.RECOVERING);
  }

  @Test
  void recoversWhenItsLogWasClosed() {
    identity.reopen();
    assertThat(push.push()).isEqualTo(new PushResult.StandingChanged());
    assertThat(state()).isEqualTo(SiteState.RECOVERING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foreign-log", "status-recovering", "unknown-version"})
  void goesOnIssuingWhileAPushIsRefusedForAReasonThatMayPass(String reason) {
    identity.refuse(reason);
    assertThat(push.push()).isEqualTo(new PushResult.Refused(reason, "as told"));
    assertThat(state()).isEqualTo(SiteState.OPEN);
    assertThat(push.push()).isInstanceOf(PushResult.Pushed.class);
  }

  @Test
  void doesNotTakeForRegisteredWhatNobodyCosigned() {
    IdentityUplink liar = new UncosignedIdentity(identity);
    LogPush deceived =
        new LogPush(
            store,
            liar,
            FakeIdentity.bundle("delta"),
            TestPki.verifier(),
            site.logSigner,
            site.clockGuard);
    assertThat(deceived.push()).isInstanceOf(PushResult.Refused.class);
    assertThat(deceived.registered().size()).isZero();
  }

  @Test
  void hearsTheIdentityServicesTime() {
    push.push();
    site.passUnseen(Duration.ofMinutes(6));
    assertThat(site.clockGuard.trusted()).isFalse();
  }
}
