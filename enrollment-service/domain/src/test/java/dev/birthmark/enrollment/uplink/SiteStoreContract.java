package dev.birthmark.enrollment.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.Growth;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.issuance.Recall;
import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.registration.Refusals;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of a site does. */
public abstract class SiteStoreContract {
  private static final String ORIGIN = "contract.example.test/log";
  private static final LogId LOG = LogId.of(ORIGIN);
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LogHead EMPTY = new LogHead(1, ORIGIN, RightEdge.empty(), "note 0\n", NOW);
  private static final Order ORDER =
      new Order("o-1", "default", "Modèle 1", "r1", "", "device", 10, "factory-1", NOW);

  private SiteStore<SiteTransaction> store;

  /** A store without a site. */
  protected abstract SiteStore<SiteTransaction> emptyStore();

  @BeforeEach
  void takeStore() {
    store = emptyStore();
  }

  private void found() {
    store.write(tx -> tx.site().found(Standing.of(SiteState.OPEN), EMPTY));
  }

  private SiteHead head() {
    return store.read(tx -> tx.site().head().orElseThrow());
  }

  @Test
  void isFoundedOnce() {
    assertThat(maybe(tx -> tx.site().head())).isEmpty();
    assertThat(store.<Boolean>write(tx -> tx.site().found(Standing.of(SiteState.OPEN), EMPTY)))
        .isTrue();
    LogHead other = new LogHead(1, "other.example.test/log", RightEdge.empty(), "note\n", NOW);
    assertThat(store.<Boolean>write(tx -> tx.site().found(Standing.of(SiteState.HALTED), other)))
        .isFalse();
    assertThat(head().log().origin()).isEqualTo(ORIGIN);
    assertThat(head().standing()).isEqualTo(Standing.of(SiteState.OPEN));
    assertThat(head().feed()).isEmpty();
    assertThat(head().inItsDatabase()).isTrue();
  }

  @Test
  void cannotLockASiteThatWasNeverFounded() {
    assertThatThrownBy(() -> store.write(tx -> tx.site().lock()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void movesTheHeadAndTheStanding() {
    found();
    Growth growth = RightEdge.empty().append(leaves(0, 300));
    LogHead moved = new LogHead(1, ORIGIN, growth.after(), "note 300\n", NOW.plusSeconds(5));
    Standing halted = new Standing(SiteState.HALTED, "a second copy runs");
    store.write(tx -> {
      tx.site().lock();
      tx.site().move(moved);
      tx.site().stand(halted);
      tx.site().acceptDatabase();
      return true;
    });
    assertThat(head().log().size()).isEqualTo(300);
    assertThat(head().log().root()).isEqualTo(growth.after().root());
    assertThat(head().log().checkpoint()).isEqualTo("note 300\n");
    assertThat(head().log().time()).isEqualTo(NOW.plusSeconds(5));
    assertThat(head().standing()).isEqualTo(halted);
  }

  @Test
  void opensTheNextLogAndKeepsTheClosedOne() {
    found();
    LogHead closed = new LogHead(1, ORIGIN, RightEdge.empty(), "last\n", NOW);
    LogHead next = new LogHead(2, ORIGIN + "/2", RightEdge.empty(), "first\n", NOW);
    store.write(tx -> {
      tx.site().lock();
      tx.site().succeed(closed, next);
      return true;
    });
    assertThat(head().log()).isEqualTo(next);
    assertThat(list(tx -> tx.site().closedLogs()))
        .singleElement()
        .satisfies(log -> assertThat(log.checkpoint()).isEqualTo("last\n"));
  }

  @Test
  void leavesNothingOfAScriptThatThrows() {
    found();
    assertThatThrownBy(() ->
            store.write(tx -> {
              tx.site().lock();
              tx.orders().add(ORDER);
              tx.log().add(credentials(0, 3));
              tx.site().stand(Standing.of(SiteState.HALTED));
              throw new IllegalArgumentException("thrown by the script");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(maybe(tx -> tx.orders().find("o-1"))).isEmpty();
    assertThat(list(tx -> tx.log().ofDevices(List.of("dev-0")))).isEmpty();
    assertThat(head().standing().state()).isEqualTo(SiteState.OPEN);
    // The lock is free again.
    assertThat(store.write(tx -> tx.site().lock()).log().size()).isZero();
  }

  @Test
  void whoeverWaitsForTheLockSeesWhatItsHolderCommitted() throws Exception {
    found();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    List<Standing> seen =
        together(
            () ->
                store.write(tx -> {
                  Standing before = tx.site().lock().standing();
                  locked.countDown();
                  await(waiting);
                  tx.site().stand(new Standing(SiteState.OPEN, "moved"));
                  return before;
                }),
            () -> {
              await(locked);
              return store.write(tx -> {
                waiting.countDown();
                return tx.site().lock().standing();
              });
            });
    assertThat(seen).extracting(Standing::reason).containsExactly("", "moved");
  }

  @Test
  void opensAnOrderOnceFromManyThreads() throws Exception {
    List<Callable<Boolean>> openings = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      openings.add(() -> store.write(tx -> tx.orders().add(ORDER)));
    }
    assertThat(together(openings)).filteredOn(opened -> opened).hasSize(1);
    assertThat(maybe(tx -> tx.orders().find("o-1")).orElseThrow().order()).isEqualTo(ORDER);
  }

  @Test
  void countsWhatBecameOfAnOrder() {
    found();
    Order second = new Order("o-2", "default", "m", "", "l", "device", 5, "factory-2", NOW);
    TreeMap<String, Integer> issued = new TreeMap<>();
    issued.put("o-1", 4);
    issued.put("o-2", 1);
    store.write(tx -> {
      tx.site().lock();
      tx.orders().add(ORDER);
      tx.orders().add(second);
      tx.orders().addIssued(issued);
      tx.orders()
          .addRefused(
              List.of(new Refusals("o-1", "key-in-use", 2), new Refusals("nobody's", "weak", 1)));
      return true;
    });
    store.write(tx -> {
      tx.orders().addRefused(List.of(new Refusals("o-1", "key-in-use", 3)));
      return true;
    });
    issued.clear();
    issued.put("o-1", -1);
    store.write(tx -> {
      tx.site().lock();
      tx.orders().addIssued(issued);
      return true;
    });
    assertThat(maybe(tx -> tx.orders().find("o-1")).orElseThrow())
        .satisfies(account -> {
          assertThat(account.issued()).isEqualTo(3);
          assertThat(account.refused()).containsOnlyKeys("key-in-use");
          assertThat(account.refused().get("key-in-use")).isEqualTo(5L);
        });
    assertThat(
            store.<SortedMap<String, OrderAccount>>read(
                tx -> tx.orders().findAll(List.of("o-2", "o-1", "o-3"))))
        .containsOnlyKeys("o-1", "o-2");
  }

  @Test
  void correctsAnOrderAndKeepsItsCounts() {
    found();
    Order corrected = new Order("o-1", "default", "m", "", "l", "device", 20, "factory-2", NOW);
    TreeMap<String, Integer> issued = new TreeMap<>();
    issued.put("o-1", 4);
    store.write(tx -> {
      tx.site().lock();
      tx.orders().add(ORDER);
      tx.orders().addIssued(issued);
      tx.orders().correct(corrected);
      return true;
    });
    assertThat(maybe(tx -> tx.orders().find("o-1")).orElseThrow())
        .satisfies(account -> {
          assertThat(account.order()).isEqualTo(corrected);
          assertThat(account.issued()).isEqualTo(4);
        });
  }

  @Test
  void findsCredentialsByDeviceAndByKey() {
    found();
    List<IssuedCredential> added = credentials(0, 5);
    add(added);
    assertThat(list(tx -> tx.log().ofDevices(List.of("dev-3", "dev-1", "dev-9"))))
        .containsExactlyInAnyOrder(added.get(3), added.get(1));
    assertThat(list(tx -> tx.log().ofKeys(List.of(added.get(2).key(), leaf(77)))))
        .containsExactly(added.get(2));
    assertThat(list(tx -> tx.log().ofDevices(List.of()))).isEmpty();
  }

  @Test
  void refusesASecondCredentialForAPlaceADeviceOrAKey() {
    found();
    add(credentials(0, 5));
    IssuedCredential there = credentials(2, 3).getFirst();
    IssuedCredential fresh = credentials(5, 6).getFirst();
    for (IssuedCredential clash :
        List.of(
            credential(there.place(), fresh.device(), fresh.key()),
            credential(fresh.place(), new DeviceId("DEV-2"), fresh.key()),
            credential(fresh.place(), fresh.device(), there.key()))) {
      assertThatThrownBy(() -> add(List.of(clash))).isInstanceOf(RuntimeException.class);
    }
    add(List.of(fresh));
  }

  @Test
  void readsBackTheTreeAndTheEntries() {
    found();
    Growth growth = RightEdge.empty().append(leaves(0, 600));
    store.write(tx -> {
      tx.site().lock();
      tx.log().add(credentials(0, 600));
      tx.log().addNodes(LOG, growth.nodes());
      return true;
    });
    assertThat(store.<Sha256>read(tx -> tree(tx, 600).root())).isEqualTo(growth.after().root());
    assertThat(
            store.<Boolean>read(
                tx -> tree(tx, 600).inclusion(517).verify(leaf(517), growth.after().root())))
        .isTrue();
    assertThat(list(tx -> tx.log().entries(LOG, 598, 700, 1 << 20)))
        .containsExactly(entry(598), entry(599));
    int two = 2 * (2 + entry(100).length());
    assertThat(list(tx -> tx.log().entries(LOG, 100, 600, two)))
        .containsExactly(entry(100), entry(101));
    assertThat(list(tx -> tx.log().entries(LOG, 100, 600, 1))).containsExactly(entry(100));
    assertThat(list(tx -> tx.log().entries(LOG, 600, 700, 1000))).isEmpty();
    assertThatThrownBy(() -> store.read(tx -> tx.log().hashes(LOG, 0, 590, 20)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forgetsTheEndOfALog() {
    found();
    Growth growth = RightEdge.empty().append(leaves(0, 600));
    List<IssuedCredential> all = credentials(0, 600);
    store.write(tx -> {
      tx.site().lock();
      tx.log().add(all);
      tx.log().addNodes(LOG, growth.nodes());
      return true;
    });
    List<IssuedCredential> forgotten =
        store.write(tx -> {
          tx.site().lock();
          return tx.log().forget(LOG, 300);
        });
    assertThat(forgotten).containsExactlyElementsOf(all.subList(300, 600));
    RightEdge left = RightEdge.empty().append(leaves(0, 300)).after();
    assertThat(store.<Sha256>read(tx -> tree(tx, 300).root())).isEqualTo(left.root());
    // The log can grow over the same places again, with other hashes.
    store.write(tx -> {
      tx.site().lock();
      tx.log().add(credentials(300, 600));
      tx.log().addNodes(LOG, left.append(leaves(300, 600)).nodes());
      return true;
    });
    assertThat(store.<Sha256>read(tx -> tree(tx, 600).root())).isEqualTo(growth.after().root());
  }

  @Test
  void keepsRecallsByPositionUntilTheyAreLifted() {
    found();
    Recall later = recall(new Position(0, 9), "lot-9");
    Recall earlier = recall(new Position(0, 7), "lot \"7\"");
    store.write(tx -> {
      tx.site().lock();
      tx.recalls().add(later);
      tx.recalls().add(earlier);
      return true;
    });
    assertThat(list(tx -> tx.recalls().inForce())).containsExactly(earlier, later);
    store.write(tx -> {
      tx.site().lock();
      tx.recalls().lift(earlier.position());
      tx.recalls().lift(new Position(0, 8));
      return true;
    });
    assertThat(list(tx -> tx.recalls().inForce())).containsExactly(later);
  }

  @Test
  void knowsHowFarTheStreamsAre() {
    found();
    Registered none = new Registered(LOG, 0, "");
    assertThat(store.<Registered>read(tx -> tx.uplink().registered(LOG))).isEqualTo(none);
    Registered some = new Registered(LOG, 17, "note\n");
    store.write(tx -> register(tx, new Registered(LOG, 20, "note 20\n")));
    store.write(tx -> register(tx, some));
    assertThat(store.<Registered>read(tx -> tx.uplink().registered(LOG))).isEqualTo(some);

    assertThat(maybe(tx -> tx.uplink().lastChange())).isEmpty();
    StoredChange first = new StoredChange(new Position(0, 1), entry(1), "head 1\n");
    StoredChange second = new StoredChange(new Position(1_800_000_000, 2), entry(2), "head 2\n");
    keep(first);
    keep(second);
    assertThat(maybe(tx -> tx.uplink().lastChange())).contains(second);
    assertThat(head().feed()).contains(second.position());
    assertThatThrownBy(() -> keep(first)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void issuesExactlyTheQuotaToEightWritersAtOnce() throws Exception {
    TestSite site = new TestSite("contract-site", store).found(SiteState.OPEN);
    site.order("o-1", 50);
    List<Callable<List<IssuanceOutcome>>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      int first = writer * 10;
      writers.add(() -> {
        List<IssuanceOutcome> outcomes = new ArrayList<>();
        for (int i = first; i < first + 10; i++) {
          outcomes.addAll(site.issue(TestSite.request("dev-" + i, "o-1", i)));
        }
        return outcomes;
      });
    }
    List<IssuanceOutcome> outcomes = together(writers).stream().flatMap(List::stream).toList();
    List<Long> indexes =
        outcomes.stream()
            .filter(IssuanceOutcome.Issued.class::isInstance)
            .map(one -> ((IssuanceOutcome.Issued) one).enrollment().credential().place().index())
            .sorted()
            .toList();
    assertThat(indexes).hasSize(50).doesNotHaveDuplicates().startsWith(0L).endsWith(49L);
    assertThat(site.account("o-1").issued()).isEqualTo(50);
    assertThat(site.account("o-1").refused()).containsEntry("quota-exhausted", 30L);
    assertThat(site.head().log().root())
        .isEqualTo(
            store.read(tx ->
                new StoredTree(
                        (level, from, count) ->
                            tx.log().hashes(site.pki.logId(), level, from, count),
                        50)
                    .root()));
  }

  private <T> Optional<T> maybe(SiteStore.Script<SiteTransaction, Optional<T>> script) {
    return store.read(script);
  }

  private <T> List<T> list(SiteStore.Script<SiteTransaction, List<T>> script) {
    return store.read(script);
  }

  private static StoredTree tree(SiteTransaction tx, long size) {
    return new StoredTree((level, from, count) -> tx.log().hashes(LOG, level, from, count), size);
  }

  private static boolean register(SiteTransaction tx, Registered registered) {
    tx.uplink().register(registered);
    return true;
  }

  private void keep(StoredChange change) {
    store.write(tx -> {
      tx.site().lock();
      tx.uplink().keep(change);
      return true;
    });
  }

  private void add(List<IssuedCredential> credentials) {
    store.write(tx -> {
      tx.site().lock();
      tx.log().add(credentials);
      return true;
    });
  }

  private static Recall recall(Position position, String lot) {
    return new Recall(position, true, "recall", Selector.of(SelectorAttribute.LOT, lot));
  }

  private static List<IssuedCredential> credentials(int from, int to) {
    List<IssuedCredential> credentials = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Sha256 key = Sha256.of(("key " + i).getBytes(StandardCharsets.UTF_8));
      credentials.add(credential(new Place(LOG, i), new DeviceId("Dev-" + i), key));
    }
    return credentials;
  }

  private static IssuedCredential credential(Place place, DeviceId device, Sha256 key) {
    int index = (int) place.index();
    return new IssuedCredential(place, device, key, "o-1", leaf(index), entry(index));
  }

  private static Octets entry(int index) {
    return new Octets(("entry " + index).getBytes(StandardCharsets.UTF_8));
  }

  private static Sha256 leaf(int index) {
    return MerkleTree.leafHash(entry(index).bytes());
  }

  private static List<Sha256> leaves(int from, int to) {
    List<Sha256> leaves = new ArrayList<>();
    for (int i = from; i < to; i++) {
      leaves.add(leaf(i));
    }
    return leaves;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SafeVarargs
  private static <T> List<T> together(Callable<T>... calls) throws Exception {
    return together(List.of(calls));
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      List<T> answers = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
