package dev.birthmark.enrollment.issuance;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.TilePath;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.Standing;
import dev.birthmark.enrollment.uplink.InMemorySiteStore;
import dev.birthmark.enrollment.uplink.TestSite;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupIssuanceTest {
  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestSite site = new TestSite("alpha", store);

  @BeforeEach
  void openSite() {
    site.found(SiteState.OPEN);
    site.order("o-1", 5);
  }

  private static Enrollment issued(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Issued.class);
    return ((IssuanceOutcome.Issued) outcome).enrollment();
  }

  private static Enrollment known(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
    return ((IssuanceOutcome.AlreadyIssued) outcome).enrollment();
  }

  private static RefusalReason refused(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Refused.class);
    return ((IssuanceOutcome.Refused) outcome).reason();
  }

  private void prove(Enrollment enrollment) {
    assertThat(
            enrollment
                .proof()
                .verify(
                    enrollment.credential().entry().bytes(),
                    site.logSigner.key(site.pki.origin()),
                    TestPki.verifier()))
        .isTrue();
  }

  @Test
  void enrolsADeviceWithEverythingInItsCertificateAndEntry() throws Exception {
    site.setClock(TestPki.NOW.plusMillis(700));
    Enrollment enrollment = issued(site.issue(request("Dev:1", "o-1", 1)).getFirst());

    DeviceCertificate certificate =
        DeviceCertificate.parse(enrollment.entry().certificate().bytes());
    assertThat(certificate.deviceId()).contains(new DeviceId("Dev:1"));
    assertThat(certificate.publicKey()).isEqualTo(TestKey.p256(1).publicKey());
    assertThat(certificate.notBefore()).isEqualTo(TestPki.NOW.minus(Duration.ofMinutes(5)));
    assertThat(certificate.notAfter()).isEqualTo(CertificateTemplate.NO_EXPIRY);
    assertThat(certificate.isSignedBy(site.pki.issuer().publicKey(), TestPki.verifier())).isTrue();
    assertThat(enrollment.serial().index()).isZero();
    assertThat(enrollment.serial().logBits()).isEqualTo(site.pki.logId().serialBits());
    assertThat(enrollment.fingerprint()).isEqualTo(certificate.fingerprint());
    assertThat(enrollment.entry().issuedAt()).isEqualTo(TestPki.NOW);
    assertThat(enrollment.entry().station()).isEqualTo("station-7");
    assertThat(enrollment.entry().lot()).isEqualTo("lot-1");
    assertThat(((Warrant.Order) enrollment.entry().warrant()).quantity()).isEqualTo(5);
    prove(enrollment);
  }

  @Test
  void answersARetryWithTheSameCertificateAndTakesNoUnit() {
    Enrollment first = issued(site.issue(request("dev-1", "o-1", 1)).getFirst());
    site.issue(request("dev-2", "o-1", 2));
    Enrollment again = known(site.issue(request("DEV-1", "o-1", 1)).getFirst());
    assertThat(again.credential()).isEqualTo(first.credential());
    prove(again);
    assertThat(site.account("o-1").issued()).isEqualTo(2);
  }

  @Test
  void answersTheSameRowTwiceInAGroupWithOneCertificate() {
    List<IssuanceOutcome> outcomes =
        site.issue(request("dev-1", "o-1", 1), request("dev-1", "o-1", 1));
    assertThat(known(outcomes.get(1)).credential()).isEqualTo(issued(outcomes.get(0)).credential());
    assertThat(site.account("o-1").issued()).isEqualTo(1);
  }

  @Test
  void letsTheFirstOfAGroupWinAndTellsTheSecondWhy() {
    List<IssuanceOutcome> outcomes =
        site.issue(
            request("dev-1", "o-1", 1), request("dev-2", "o-1", 1), request("dev-1", "o-1", 2));
    issued(outcomes.get(0));
    assertThat(refused(outcomes.get(1))).isEqualTo(RefusalReason.KEY_IN_USE);
    assertThat(refused(outcomes.get(2))).isEqualTo(RefusalReason.DEVICE_ENROLLED);
  }

  @Test
  void refusesWhatAnEarlierGroupMadeImpossible() {
    site.issue(request("dev-1", "o-1", 1));
    assertThat(refused(site.issue(request("dev-2", "o-1", 1)).getFirst()))
        .isEqualTo(RefusalReason.KEY_IN_USE);
    assertThat(refused(site.issue(request("Dev-1", "o-1", 2)).getFirst()))
        .isEqualTo(RefusalReason.DEVICE_ENROLLED);
    assertThat(refused(site.issue(request("dev-3", "no-such", 3)).getFirst()))
        .isEqualTo(RefusalReason.ORDER_UNKNOWN);
    assertThat(site.account("o-1").refused())
        .containsEntry("key-in-use", 1L)
        .containsEntry("device-enrolled", 1L);
  }

  @Test
  void refusesAKeyThatTheProfileDoesNotTake() {
    GatedRequest other =
        new GatedRequest(
            new DeviceId("dev-1"),
            "o-1",
            TestKey.of(KeyAlgorithm.P384, 1).publicKey(),
            "factory-1",
            "");
    assertThat(refused(site.issue(other).getFirst())).isEqualTo(RefusalReason.PROFILE_KEY);
  }

  @Test
  void issuesTheQuotaAndNotOneMore() {
    GatedRequest[] seven = new GatedRequest[7];
    for (int i = 0; i < seven.length; i++) {
      seven[i] = request("dev-" + i, "o-1", i);
    }
    List<IssuanceOutcome> outcomes = site.issue(seven);
    outcomes.subList(0, 5).forEach(GroupIssuanceTest::issued);
    outcomes
        .subList(5, 7)
        .forEach(one -> assertThat(refused(one)).isEqualTo(RefusalReason.QUOTA_EXHAUSTED));
    assertThat(site.account("o-1").remaining()).isZero();
    assertThat(site.account("o-1").refused()).containsEntry("quota-exhausted", 2L);
    assertThat(known(site.issue(request("dev-3", "o-1", 3)).getFirst()).serial().index())
        .isEqualTo(3);
  }

  @Test
  void provesEveryMemberOfManyGroupsAgainstTheHeadOfItsGroup() {
    site.order("o-2", 1000);
    int next = 0;
    for (int group : List.of(1, 7, 256, 40)) {
      List<GatedRequest> members = new ArrayList<>();
      for (int i = 0; i < group; i++) {
        members.add(request("m-" + next, "o-2", 100 + next));
        next++;
      }
      for (IssuanceOutcome outcome : site.issuance.issue(members)) {
        prove(issued(outcome));
        assertThat(issued(outcome).proof().inclusion().size()).isEqualTo(next);
      }
    }
    prove(site.enrollments.find(new DeviceId("M-17")).orElseThrow());
    assertThat(site.enrollments.find(new DeviceId("m-5000"))).isEmpty();
  }

  @Test
  void publishesCheckpointTilesAndEntries() {
    site.issue(request("dev-1", "o-1", 1), request("dev-2", "o-1", 2));
    LogId log = site.pki.logId();
    assertThat(site.publication.checkpoint(log)).contains(site.head().log().checkpoint());
    assertThat(site.publication.tile(log, new TilePath.Hashes(0, 0, 2)).orElseThrow()).hasSize(64);
    assertThat(site.publication.tile(log, new TilePath.Hashes(0, 0, 3))).isEmpty();
    assertThat(site.publication.tile(log, new TilePath.Entries(0, 2))).isPresent();
    assertThat(site.publication.checkpoint(LogId.of("other.example.test"))).isEmpty();
  }

  @Test
  void neverDatesAnEntryBeforeTheOneBeforeIt() {
    site.issue(request("dev-1", "o-1", 1));
    site.setClock(TestPki.NOW.minusSeconds(90));
    Enrollment later = issued(site.issue(request("dev-2", "o-1", 2)).getFirst());
    assertThat(later.entry().issuedAt()).isEqualTo(TestPki.NOW);
  }

  @Test
  void issuesNothingWhileTheClockIsTooFarFromTheIdentityServices() {
    site.clockGuard.heard(TestPki.NOW.plusSeconds(301));
    assertThat(refused(site.issue(request("dev-1", "o-1", 1)).getFirst()))
        .isEqualTo(RefusalReason.CLOCK);
    site.clockGuard.heard(TestPki.NOW.plusSeconds(300));
    site.pass(Duration.ofDays(2));
    issued(site.issue(request("dev-1", "o-1", 1)).getFirst());
    // The site's clock was set back since: the monotonic clock knows.
    site.clockGuard.heard(site.now());
    site.passUnseen(Duration.ofSeconds(301));
    assertThat(refused(site.issue(request("dev-2", "o-1", 2)).getFirst()))
        .isEqualTo(RefusalReason.CLOCK);
  }

  @ParameterizedTest
  @CsvSource({
    "UNREGISTERED, SITE_NOT_REGISTERED",
    "RECOVERING, SITE_RECOVERING",
    "WAITING_REOPEN, SITE_RECOVERING",
    "HALTED, SITE_HALTED"
  })
  void issuesOnlyWhileTheSiteIsOpen(SiteState state, RefusalReason reason) {
    store.write(transaction -> {
      transaction.site().lock();
      transaction.site().stand(new Standing(state, "why"));
      return true;
    });
    assertThat(refused(site.issue(request("dev-1", "o-1", 1)).getFirst())).isEqualTo(reason);
    assertThat(site.head().log().size()).isZero();
  }

  @Test
  void issuesNothingInADatabaseThatWasPutBackOrPromoted() {
    store.moveDatabase();
    assertThat(refused(site.issue(request("dev-1", "o-1", 1)).getFirst()))
        .isEqualTo(RefusalReason.SITE_RECOVERING);
    assertThat(site.issuance.obstacle()).isPresent();
  }
}
