package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.RefusalReason;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.uplink.InMemorySiteStore.CommitFault;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FeedFollowTest {
  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestSite site = new TestSite("epsilon", store).found(SiteState.OPEN);
  private final FakeIdentity identity = new FakeIdentity(site).register();
  private final FeedFollow feed = follower();
  private int devices;

  private FeedFollow follower() {
    return new FeedFollow(
        store, identity, FakeIdentity.bundle("epsilon"), TestPki.verifier(), "epsilon", site::now);
  }

  @BeforeEach
  void openOrder() {
    site.order("o-1", "lot-1", 100);
    site.order("o-2", "lot-2", 100);
  }

  private Position change(ChangeKind kind, SelectorAttribute attribute, String value) {
    return identity.change(kind, Selector.of(attribute, value), Optional.empty());
  }

  private boolean issues(String order) {
    devices++;
    IssuanceOutcome outcome = site.issue(request("dev-" + devices, order, devices)).getFirst();
    if (outcome instanceof IssuanceOutcome.Refused refused) {
      assertThat(refused.reason()).isEqualTo(RefusalReason.RECALLED);
      return false;
    }
    return true;
  }

  @ParameterizedTest
  @EnumSource(
      value = ChangeKind.class,
      names = {"REVOKE", "SUSPEND"})
  void refusesWhatMatchesAChangeFromTheMomentItIsApplied(ChangeKind kind) {
    assertThat(issues("o-1")).isTrue();
    Position position = change(kind, SelectorAttribute.LOT, "lot-1");
    assertThat(feed.follow()).isEqualTo(new FollowResult.Followed(1, position));
    assertThat(issues("o-1")).isFalse();
    assertThat(issues("o-2")).isTrue();
    assertThat(identity.acknowledged).containsExactly(position);
    assertThat(site.account("o-1").refused()).containsEntry("recalled", 1L);
  }

  @Test
  void writesIntoTheEntryHowMuchOfTheFeedWasApplied() {
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "other");
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "another");
    feed.follow();
    IssuanceOutcome outcome = site.issue(request("dev-1", "o-1", 1)).getFirst();
    assertThat(((IssuanceOutcome.Issued) outcome).enrollment().entry().feedNumber()).isEqualTo(2);
  }

  @Test
  void answersARetryOfARecalledDeviceWithItsCertificate() {
    site.issue(request("dev-77", "o-1", 77));
    change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-77");
    feed.follow();
    assertThat(site.issue(request("dev-77", "o-1", 77)).getFirst())
        .isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
  }

  @Test
  void issuesAgainWhenTheHoldIsLiftedByItsChange() {
    Position hold = change(ChangeKind.SUSPEND, SelectorAttribute.MODEL, "model-1");
    feed.follow();
    assertThat(issues("o-1")).isFalse();
    identity.change(
        ChangeKind.RESTORE,
        Selector.of(SelectorAttribute.CHANGE, hold.toString()),
        Optional.of(hold));
    feed.follow();
    assertThat(issues("o-1")).isTrue();
  }

  @Test
  void liftsTheHoldButNotTheRevocationOfADeviceThatIsRestored() {
    change(ChangeKind.SUSPEND, SelectorAttribute.DEVICE_ID, "Dev-1");
    change(ChangeKind.REVOKE, SelectorAttribute.DEVICE_ID, "dev-2");
    feed.follow();
    change(ChangeKind.RESTORE, SelectorAttribute.DEVICE_ID, "DEV-1");
    change(ChangeKind.RESTORE, SelectorAttribute.DEVICE_ID, "dev-2");
    feed.follow();
    assertThat(issues("o-1")).isTrue();
    assertThat(issues("o-1")).isFalse();
  }

  @Test
  void passesOverFollowOnsAndChangesOfCertificates() {
    Position hold = change(ChangeKind.SUSPEND, SelectorAttribute.SERIAL, "42");
    identity.change(ChangeKind.SUSPEND, Selector.none(), Optional.of(hold));
    assertThat(feed.follow()).isInstanceOf(FollowResult.Followed.class);
    assertThat(issues("o-1")).isTrue();
    assertThat(site.head().feed()).contains(new Position(0, 2));
  }

  @Test
  void appliesNothingOfABrokenChain() {
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-8");
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    feed.follow();
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-2");
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-9");
    identity.feed().remove(2);
    assertThat(feed.follow()).isInstanceOf(FollowResult.Refused.class);
    assertThat(site.head().feed()).contains(new Position(0, 2));
    assertThat(issues("o-2")).isTrue();
  }

  @Test
  void appliesNothingWithoutItsSignedHead() {
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-2");
    List<FeedItem> items = identity.feed();
    items.set(0, new FeedItem(items.get(0).der(), items.get(1).head()));
    assertThat(feed.follow()).isInstanceOf(FollowResult.Refused.class);
    assertThat(site.head().feed()).isEmpty();
    assertThat(identity.acknowledged).isEmpty();
  }

  @Test
  void appliesNothingOutOfOrder() {
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-2");
    Collections.reverse(identity.feed());
    assertThat(feed.follow()).isInstanceOf(FollowResult.Refused.class);
    assertThat(site.head().feed()).isEmpty();
  }

  @Test
  void acknowledgesLaterWhatItCouldNotAcknowledge() {
    Position position = change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    assertThat(feed.follow()).isInstanceOf(FollowResult.Followed.class);
    identity.acknowledged.clear();
    // A process that begins does not know what was acknowledged.
    assertThat(follower().follow()).isEqualTo(new FollowResult.Followed(0, position));
    assertThat(identity.acknowledged).containsExactly(position);
  }

  @ParameterizedTest
  @EnumSource(CommitFault.class)
  void acknowledgesNothingThatIsNotDurable(CommitFault fault) {
    Position position = change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    store.failCommit(fault);
    assertThatThrownBy(feed::follow).isInstanceOf(RuntimeException.class);
    assertThat(identity.acknowledged).isEmpty();
    feed.follow();
    assertThat(identity.acknowledged).containsExactly(position);
    assertThat(issues("o-1")).isFalse();
  }

  @Test
  void renewsItsLease() {
    feed.follow();
    site.pass(Duration.ofHours(13));
    identity.losesAnswers = 1;
    assertThatThrownBy(feed::follow).isInstanceOf(UplinkUnavailableException.class);
    assertThat(feed.follow()).isEqualTo(new FollowResult.Followed(0, Position.START));
  }
}
