package dev.birthmark.identity.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of a push. A store's own tests may run them too. */
public class IngestTest {
  private final TestSite berlin = new TestSite("berlin");
  private final TestSite porto = new TestSite("porto");
  private TestIdentity identity;

  /** The store that the rules are tried on. */
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }

  @BeforeEach
  void registerTheSites() {
    identity = new TestIdentity(newStore());
    identity.register(berlin);
    identity.register(porto);
  }

  @Test
  void registersWhatASitePushesAndCosignsIt() {
    DeviceCertificate certificate = berlin.issue("dev-1");
    IngestOutcome.Accepted accepted = accepted(berlin.push(identity.ingest, 0));
    assertThat(accepted.size()).isEqualTo(1);
    assertThat(accepted.checkpoint()).contains("id.example.test/cosigner");
    assertThat(decide(certificate)).isEqualTo("allow");
    Devices.View view =
        new Devices(identity.store).view(TestSite.TENANT, new DeviceId("DEV-1")).orElseThrow();
    assertThat(view.device().model()).isEqualTo("m-1");
    assertThat(view.credentials()).hasSize(1);
  }

  @Test
  void answersAPushThatWasTakenInBeforeTheSame() {
    berlin.issue("dev-1");
    IngestOutcome first = berlin.push(identity.ingest, 0);
    berlin.issue("dev-2");
    berlin.push(identity.ingest, 1);
    IngestOutcome.Accepted again =
        accepted(
            identity.ingest.push(
                berlin.name(), berlin.pki().logId(), 1, berlin.checkpoint(1), new byte[0]));
    assertThat(again.size()).isEqualTo(2);
    assertThat(accepted(first).size()).isEqualTo(1);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void tellsASiteWhereToGoOn() {
    berlin.issue("dev-1");
    berlin.push(identity.ingest, 0);
    berlin.issue("dev-2");
    berlin.issue("dev-3");
    assertThat(berlin.push(identity.ingest, 2)).isEqualTo(new IngestOutcome.WrongFrom(1));
    assertThat(berlin.push(identity.ingest, 0)).isEqualTo(new IngestOutcome.WrongFrom(1));
    assertThat(accepted(berlin.push(identity.ingest, 1)).size()).isEqualTo(3);
  }

  @Test
  void refusesARewrittenLogWithOneAlarmHoweverOftenItComes() {
    berlin.issue("dev-1");
    berlin.push(identity.ingest, 0);
    berlin.forget(1);
    berlin.issue("dev-other");
    assertRefused(berlin.push(identity.ingest, 0), IngestOutcome.Refusal.FORK);
    berlin.issue("dev-2");
    assertRefused(berlin.push(identity.ingest, 1), IngestOutcome.Refusal.FORK);
    assertRefused(berlin.push(identity.ingest, 1), IngestOutcome.Refusal.FORK);
    assertThat(alarms()).extracting(Alarm::kind).containsOnly(Alarm.Kind.FORK);
    assertThat(alarms()).hasSize(2);
  }

  @Test
  void refusesAForkThatIsShorterThanTheMirror() {
    berlin.issue("dev-1");
    berlin.issue("dev-2");
    berlin.push(identity.ingest, 0);
    berlin.forget(2);
    berlin.issue("dev-other");
    assertRefused(berlin.push(identity.ingest, 0), IngestOutcome.Refusal.FORK);
  }

  @Test
  void refusesWhatTheLogKeyDidNotSignAndAnotherSitesLog() {
    berlin.issue("dev-1");
    byte[] forged = berlin.checkpoint(1, TestKey.of(KeyAlgorithm.ED25519, 4));
    assertRefused(
        identity.ingest.push(berlin.name(), berlin.pki().logId(), 0, forged, berlin.bundleOf(0)),
        IngestOutcome.Refusal.BAD_SIGNATURE);
    assertRefused(
        identity.ingest.push(
            porto.name(), berlin.pki().logId(), 0, berlin.checkpoint(1), berlin.bundleOf(0)),
        IngestOutcome.Refusal.FOREIGN_LOG);
    assertRefused(
        identity.ingest.push(
            berlin.name(), berlin.pki().logId(), 0, new byte[] {7}, berlin.bundleOf(0)),
        IngestOutcome.Refusal.MALFORMED);
  }

  @Test
  void mirrorsABadEntryAndRegistersTheOthers() {
    berlin.issue("dev-1");
    DeviceCertificate foreign = berlin.issue("dev-2", draft -> draft.tenant("another"));
    berlin.addRaw(new byte[] {1, 2, 3});
    DeviceCertificate late = berlin.issue("dev-3", at -> at.issuedAt(TestPki.NOW.minusSeconds(9)));
    DeviceCertificate good = berlin.issue("dev-4");
    assertThat(accepted(berlin.push(identity.ingest, 0)).size()).isEqualTo(5);
    assertThat(decide(foreign)).isEqualTo("bad-entry");
    assertThat(decide(late)).isEqualTo("bad-entry");
    assertThat(decide(good)).isEqualTo("allow");
    assertThat(alarms()).extracting(Alarm::subject).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void deniesWhatTheStolenCaKeySignedOutsideOfTheLog() {
    berlin.issue("dev-1");
    berlin.push(identity.ingest, 0);
    DeviceCertificate beyond = berlin.pki().issue("dev-x", 7);
    DeviceCertificate instead = berlin.pki().issue("dev-x", 0);
    assertThat(decide(beyond)).isEqualTo("not-in-log");
    assertThat(decide(instead)).isEqualTo("log-mismatch");
    Alarms raising = new Alarms(identity.store);
    assertThat(raising.mismatch(berlin.place(0))).isTrue();
    assertThat(raising.mismatch(berlin.place(0))).isFalse();
  }

  @Test
  void holdsTheLaterOfTwoSitesThatKnowAKeyOrAnIdAndSaysSoInBothTimelines() {
    DeviceCertificate first = berlin.issue("dev-1", draft -> draft.key(1));
    berlin.push(identity.ingest, 0);
    DeviceCertificate sameKey = porto.issue("dev-2", draft -> draft.key(1));
    DeviceCertificate sameId = porto.issue("DEV-1", draft -> draft.key(2));
    porto.push(identity.ingest, 0);
    assertThat(decide(first)).isEqualTo("allow");
    assertThat(decide(sameKey)).isEqualTo("suspended");
    assertThat(decide(sameId)).isEqualTo("suspended");
    assertThat(feed())
        .extracting(change -> change.encoded().change().reason())
        .containsExactly(Reason.DUPLICATE_KEY, Reason.DUPLICATE_ID);
    assertThat(events("dev-1")).contains("duplicate-key", "duplicate-id");
    assertThat(events("dev-2")).contains("duplicate-key");
  }

  @Test
  void holdsTheSecondOfTwoDevicesWithOneKeyInOnePush() {
    DeviceCertificate first = berlin.issue("dev-1", draft -> draft.key(1));
    DeviceCertificate second = berlin.issue("dev-2", draft -> draft.key(1));
    DeviceCertificate again = berlin.issue("dev-1", draft -> draft.key(1));
    berlin.push(identity.ingest, 0);
    assertThat(decide(first)).isEqualTo("allow");
    assertThat(decide(second)).isEqualTo("suspended");
    assertThat(decide(again)).isEqualTo("allow");
  }

  @Test
  void holdsWhatIsBeyondItsOrderOrBelongsToNone() {
    Warrant two = TestSite.order("o-2", 2);
    berlin.issue("dev-1", draft -> draft.warrant(two));
    DeviceCertificate second = berlin.issue("dev-2", draft -> draft.warrant(two));
    berlin.push(identity.ingest, 0);
    DeviceCertificate third = berlin.issue("dev-3", draft -> draft.warrant(two));
    DeviceCertificate other =
        berlin.issue("dev-4", draft -> draft.warrant(TestSite.order("o-2", 9)));
    DeviceCertificate none = berlin.issue("dev-5", draft -> draft.warrant(new Warrant.None()));
    DeviceCertificate strange =
        berlin.issue("dev-6", draft -> draft.warrant(new Warrant.Renewal(berlin.place(0))));
    berlin.push(identity.ingest, 2);
    assertThat(decide(second)).isEqualTo("allow");
    for (DeviceCertificate held : List.of(third, other, none, strange)) {
      assertThat(decide(held)).isEqualTo("suspended");
    }
    assertThat(feed()).hasSize(1);
    assertThat(alarms()).extracting(Alarm::kind).containsOnly(Alarm.Kind.OVER_PRODUCTION);
    assertThat(alarms()).hasSize(4);
  }

  @Test
  void holdsTheSecondRenewalOfOneCredential() {
    berlin.issue("dev-1", draft -> draft.key(1));
    DeviceCertificate renewed =
        berlin.issue("dev-1", draft -> draft.key(2).warrant(new Warrant.Renewal(berlin.place(0))));
    berlin.push(identity.ingest, 0);
    DeviceCertificate forked =
        berlin.issue("dev-1", draft -> draft.key(3).warrant(new Warrant.Renewal(berlin.place(0))));
    berlin.push(identity.ingest, 2);
    assertThat(decide(renewed)).isEqualTo("allow");
    assertThat(decide(forked)).isEqualTo("suspended");
    assertThat(feed().getLast().encoded().change().reason()).isEqualTo(Reason.FORKED_RENEWAL);
  }

  @Test
  void withdrawsLateArrivalsAsIfTheyHadBeenThere() {
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-9");
    identity.change(ChangeKind.RESTORE, SelectorAttribute.DEVICE_ID, "dev-2");
    identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "DEV-3");
    DeviceCertificate held = berlin.issue("dev-1", draft -> draft.lot("lot-9"));
    DeviceCertificate freed = berlin.issue("dev-2", draft -> draft.lot("lot-9"));
    DeviceCertificate revoked = berlin.issue("dev-3", draft -> draft.lot("lot-9"));
    berlin.push(identity.ingest, 0);
    assertThat(decide(held)).isEqualTo("suspended");
    assertThat(decide(freed)).isEqualTo("allow");
    assertThat(decide(revoked)).isEqualTo("revoked");
    identity.change(ChangeKind.RESTORE, SelectorAttribute.CHANGE, "0:1");
    assertThat(decide(held)).isEqualTo("allow");
    assertThat(decide(revoked)).isEqualTo("revoked");
    DeviceCertificate later = berlin.issue("dev-4", draft -> draft.lot("lot-9"));
    berlin.push(identity.ingest, 3);
    assertThat(decide(later)).isEqualTo("allow");
  }

  @Test
  void raisesAnAlarmWhenASiteIssuesWhatItKnewToBeRecalled() {
    identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-9");
    berlin.issue("dev-1", draft -> draft.lot("lot-9").feed(0));
    berlin.issue("dev-2", draft -> draft.lot("lot-9").feed(1));
    berlin.push(identity.ingest, 0);
    assertThat(alarms())
        .extracting(Alarm::kind, Alarm::subject)
        .containsExactly(tuple(Alarm.Kind.ISSUED_AGAINST_RECALL, "1"));
  }

  @Test
  void takesNothingIntoAClosedLogAndOpensTheNext() {
    berlin.issue("dev-1");
    berlin.push(identity.ingest, 0);
    SiteOutcome first = identity.sites.reopen(berlin.name());
    assertThat(first).isInstanceOf(SiteOutcome.Reopened.class);
    assertThat(((SiteOutcome.Reopened) first).size()).isEqualTo(1);
    assertThat(((SiteOutcome.Reopened) first).nextOrigin()).isEqualTo(berlin.log().name() + "/2");
    berlin.issue("dev-2");
    assertRefused(berlin.push(identity.ingest, 1), IngestOutcome.Refusal.LOG_CLOSED);
  }

  @Test
  void servesTheEntriesItMirrors() {
    berlin.issue("dev-1");
    berlin.issue("dev-2");
    berlin.push(identity.ingest, 0);
    assertThat(
            identity.store.<Integer>read(
                tx -> tx.logs().entries(berlin.pki().logId(), 1, 1 << 20).size()))
        .isEqualTo(1);
  }

  private String decide(DeviceCertificate certificate) {
    identity.replica.poll();
    return TestIdentity.word(identity.decide(certificate));
  }

  private List<Alarm> alarms() {
    return new Alarms(identity.store).latest(TestSite.TENANT, 100);
  }

  private List<RecordedChange> feed() {
    return identity.store.read(tx -> tx.feed().after(TestSite.TENANT, Position.START, 100));
  }

  private List<String> events(String device) {
    Optional<Devices.View> view =
        new Devices(identity.store).view(TestSite.TENANT, new DeviceId(device));
    return view.orElseThrow().timeline().stream().map(Devices.Told::event).toList();
  }

  private static IngestOutcome.Accepted accepted(IngestOutcome outcome) {
    assertThat(outcome).isInstanceOf(IngestOutcome.Accepted.class);
    return (IngestOutcome.Accepted) outcome;
  }

  private static void assertRefused(IngestOutcome outcome, IngestOutcome.Refusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            IngestOutcome.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }
}
