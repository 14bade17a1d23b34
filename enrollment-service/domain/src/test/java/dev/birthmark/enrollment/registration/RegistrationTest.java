package dev.birthmark.enrollment.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.uplink.InMemorySiteStore;
import dev.birthmark.enrollment.uplink.InMemorySiteStore.CommitFault;
import dev.birthmark.enrollment.uplink.TestSite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestSite site = new TestSite("gamma", store).found(SiteState.OPEN);

  private static OrderRequest request(String id, long quantity) {
    return new OrderRequest(id, "model-1", "", "lot-1", "", quantity);
  }

  @Test
  void opensAnOrderOnceWhoeverAsksAgain() {
    OrderOpening first = site.registration.open(request("o-1", 10), "factory-1");
    assertThat(first).isInstanceOf(OrderOpening.Opened.class);
    OrderAccount account = ((OrderOpening.Opened) first).account();
    assertThat(account.order().profile()).isEqualTo(TestSite.PROFILE);
    assertThat(account.order().openedBy()).isEqualTo("factory-1");
    assertThat(account.remaining()).isEqualTo(10);
    assertThat(site.registration.open(request("o-1", 10), "factory-2"))
        .isEqualTo(new OrderOpening.AlreadyOpen(account));
  }

  @Test
  void refusesAnotherContentUnderTheSameId() {
    site.registration.open(request("o-1", 10), "factory-1");
    assertThat(site.registration.open(request("o-1", 11), "factory-1"))
        .isInstanceOf(OrderOpening.OtherContent.class);
    assertThat(site.account("o-1").order().quantity()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a..b", "a/b", "-a", "a-", "a;v=1", "a%2Fb", "ä", "a\u0000b"})
  void takesNoIdThatCouldMeanSomethingElseElsewhere(String id) {
    assertThat(site.registration.open(request(id, 10), "factory-1"))
        .isInstanceOf(OrderOpening.Invalid.class);
    assertThat(site.registration.find(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 100_000_001, 4_294_967_297L})
  void takesNoQuantityOutsideOfItsRange(long quantity) {
    assertThat(site.registration.open(request("o-1", quantity), "factory-1"))
        .isEqualTo(new OrderOpening.Invalid("quantity is not 1 to 100000000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\nb", "\ud800"})
  void takesNoModelThatNoDatabaseOrLogLineTakes(String model) {
    OrderRequest request = new OrderRequest("o-1", model, "", "", "", 1);
    assertThat(site.registration.open(request, "factory-1"))
        .isInstanceOf(OrderOpening.Invalid.class);
  }

  @Test
  void takesNoProfileThatTheSiteDoesNotHave() {
    OrderRequest request = new OrderRequest("o-1", "m", "", "", "gateway", 1);
    assertThat(site.registration.open(request, "factory-1"))
        .isEqualTo(new OrderOpening.UnknownProfile());
  }

  @ParameterizedTest
  @EnumSource(value = CommitFault.class, mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
  void saysOpenedAfterACommitInDoubt(CommitFault fault) {
    store.failCommit(fault);
    assertThat(site.registration.open(request("o-1", 10), "factory-1"))
        .isInstanceOf(OrderOpening.Opened.class);
    assertThat(site.account("o-1").order().quantity()).isEqualTo(10);
  }

  @Test
  void opensNoOrderInADatabaseThatWasPutBack() {
    store.moveDatabase();
    assertThat(site.registration.open(request("o-1", 10), "factory-1"))
        .isInstanceOf(OrderOpening.SiteNotOpen.class);
  }

  @Test
  void countsWhatWasRefusedBeforeAGroup() {
    site.order("o-1", 10);
    List<Refusals> refusals =
        List.of(new Refusals("o-1", "key-weak", 2), new Refusals("no/order", "key-weak", 1));
    assertThat(site.registration.countRefused(refusals)).isTrue();
    store.failCommit(CommitFault.UNAVAILABLE);
    assertThat(site.registration.countRefused(refusals)).isFalse();
    assertThat(site.account("o-1").refused()).containsExactly(Map.entry("key-weak", 2L));
  }
}
