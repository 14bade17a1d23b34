package dev.birthmark.identity.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.FeedHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.identity.registry.InMemoryRegistryStore;
import dev.birthmark.identity.registry.InMemoryRegistryStore.Fate;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.identity.revocation.ChangeOutcome.Refusal;
import dev.birthmark.testkit.pki.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of changes. A store's own tests may run them too. */
public class ChangesTest {
  private final TestSite site = new TestSite("berlin");
  private TestIdentity identity;
  private DeviceCertificate one;
  private DeviceCertificate two;
  private DeviceCertificate other;

  /** The store that the rules are tried on. */
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }

  @BeforeEach
  void enrolThreeDevices() {
    identity = new TestIdentity(newStore());
    identity.register(site);
    one = site.issue("dev-1");
    two = site.issue("dev-2");
    other = site.issue("dev-3", draft -> draft.lot("lot-2").model("m-2"));
    site.push(identity.ingest, 0);
    identity.replica.poll();
  }

  @Test
  void isAppliedBeforeItIsAnswered() {
    RecordedChange change =
        made(identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1"));
    assertThat(change.members()).isEqualTo(2);
    assertThat(decide(one)).isEqualTo("revoked");
    assertThat(decide(two)).isEqualTo("revoked");
    assertThat(decide(other)).isEqualTo("allow");
  }

  @Test
  void chainsAndSignsEveryChange() throws Exception {
    RecordedChange first =
        made(identity.change(ChangeKind.SUSPEND, SelectorAttribute.MODEL, "m-1"));
    RecordedChange second =
        made(identity.change(ChangeKind.SUSPEND, SelectorAttribute.MODEL, "m-2"));
    assertThat(second.encoded().follows(first.encoded())).isTrue();
    SignedNote note = SignedNote.parse(second.head());
    assertThat(identity.heads.key(TestSite.TENANT).signed(note, TestPki.verifier())).isTrue();
    FeedHead head = FeedHead.parse(note.text());
    assertThat(head.hash()).isEqualTo(second.encoded().hash());
    assertThat(head.logs().get(site.pki().logId()).size()).isEqualTo(3);
  }

  @Test
  void answersTheSameRequestTheSameAndRefusesAnotherWithItsKey() {
    RecordedChange first =
        made(identity.change("k", ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1"));
    assertThat(identity.change("k", ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "DEV-1"))
        .isInstanceOfSatisfying(
            ChangeOutcome.Repeated.class,
            again -> assertThat(again.change().position()).isEqualTo(first.position()));
    assertRefused(
        identity.change("k", ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-2"),
        Refusal.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void selectsByEveryAttribute() {
    String[][] selectors = {
      {"fingerprint", one.fingerprint().hex()},
      {"serial", one.serial().hex()},
      {"key", one.publicKey().hash().hex()},
      {"deviceId", "DEV-1"},
      {"order", "order-1"},
      {"lot", "lot-1"},
      {"model", "m-1"},
      {"hardwareRevision", "r-1"},
      {"station", "station-1"},
      {"site", "berlin"},
    };
    int[] members = {1, 1, 1, 1, 3, 2, 2, 3, 3, 3};
    for (int i = 0; i < selectors.length; i++) {
      SelectorAttribute by = attribute(selectors[i][0]);
      RecordedChange change = made(identity.change(ChangeKind.SUSPEND, by, selectors[i][1]));
      assertThat(change.members()).as(selectors[i][0]).isEqualTo(members[i]);
    }
  }

  @Test
  void keepsEachReasonForItself() {
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.DEVICE_ID, "dev-1");
    RecordedChange recall =
        made(identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-1"));
    RecordedChange lifted =
        made(
            identity.change(
                ChangeKind.RESTORE, SelectorAttribute.CHANGE, recall.position().toString()));
    assertThat(lifted.members()).isEqualTo(1);
    assertThat(decide(one)).isEqualTo("suspended");
    assertThat(decide(two)).isEqualTo("allow");
  }

  @Test
  void liftsEveryHoldOfOneDeviceAndLeavesTheOthers() {
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.DEVICE_ID, "dev-1");
    RecordedChange recall =
        made(identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-1"));
    made(identity.change(ChangeKind.RESTORE, SelectorAttribute.SERIAL, one.serial().hex()));
    assertThat(decide(one)).isEqualTo("allow");
    assertThat(decide(two)).isEqualTo("suspended");
    RecordedChange lifted =
        made(
            identity.change(
                ChangeKind.RESTORE, SelectorAttribute.CHANGE, recall.position().toString()));
    assertThat(lifted.members()).isEqualTo(1);
    assertThat(decide(two)).isEqualTo("allow");
  }

  @Test
  void restoresNothingThatIsRevoked() {
    RecordedChange revoked =
        made(identity.change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-1"));
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-1");
    assertRefused(
        identity.change(ChangeKind.RESTORE, SelectorAttribute.DEVICE_ID, "dev-1"),
        Refusal.REVOKED_IS_FINAL);
    assertRefused(
        identity.change(
            ChangeKind.RESTORE, SelectorAttribute.CHANGE, revoked.position().toString()),
        Refusal.REVOKED_IS_FINAL);
    RecordedChange lifted =
        made(identity.change(ChangeKind.RESTORE, SelectorAttribute.CHANGE, "0:2"));
    assertThat(lifted.members()).isEqualTo(1);
    assertThat(decide(one)).isEqualTo("revoked");
  }

  @Test
  void refusesToRestoreByAttributeOrWhatHoldsNothing() {
    identity.change(ChangeKind.SUSPEND, SelectorAttribute.LOT, "lot-1");
    assertRefused(
        identity.change(ChangeKind.RESTORE, SelectorAttribute.LOT, "lot-1"),
        Refusal.RESTORE_NEEDS_CHANGE);
    assertRefused(
        identity.change(ChangeKind.RESTORE, SelectorAttribute.CHANGE, "0:99"),
        Refusal.CHANGE_UNKNOWN);
    made(identity.change(ChangeKind.RESTORE, SelectorAttribute.CHANGE, "0:1"));
    assertRefused(
        identity.change(ChangeKind.RESTORE, SelectorAttribute.CHANGE, "0:1"),
        Refusal.CHANGE_NOT_IN_FORCE);
  }

  @Test
  void findsOutWhatBecameOfACommitThatWasNotAnswered() {
    for (Fate fate : new Fate[] {Fate.UNKNOWN_BUT_MADE, Fate.UNKNOWN_AND_LOST}) {
      InMemoryRegistryStore store = new InMemoryRegistryStore(() -> TestPki.NOW);
      TestIdentity fresh = new TestIdentity(store);
      fresh.register(new TestSite("berlin"));
      store.nextCommits(fate);
      ChangeOutcome outcome = fresh.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "x");
      assertThat(outcome).isNotInstanceOf(ChangeOutcome.Refused.class);
      assertThat(store.<Position>read(tx -> tx.feed().head(TestSite.TENANT).get().position()))
          .isEqualTo(new Position(0, 1));
    }
  }

  @Test
  void changesNothingWhenTheStoreCannotBeUsed() {
    InMemoryRegistryStore store = new InMemoryRegistryStore(() -> TestPki.NOW);
    TestIdentity fresh = new TestIdentity(store);
    fresh.register(new TestSite("berlin"));
    store.nextCommits(Fate.UNAVAILABLE);
    assertThatThrownBy(() -> fresh.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "x"))
        .isInstanceOf(StoreUnavailableException.class);
    store.becomes(new DatabaseIdentity("another", 1));
    assertRefused(
        fresh.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "x"), Refusal.STATUS_RECOVERING);
  }

  private String decide(DeviceCertificate certificate) {
    return TestIdentity.word(identity.decide(certificate));
  }

  private static SelectorAttribute attribute(String text) {
    for (SelectorAttribute attribute : SelectorAttribute.values()) {
      if (attribute.text().equals(text)) {
        return attribute;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static RecordedChange made(ChangeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ChangeOutcome.Made.class);
    return ((ChangeOutcome.Made) outcome).change();
  }

  private static void assertRefused(ChangeOutcome outcome, Refusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }
}
