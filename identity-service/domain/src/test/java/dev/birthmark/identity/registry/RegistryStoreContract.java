package dev.birthmark.identity.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.Plane;
import dev.birthmark.credential.status.PlanePage;
import dev.birthmark.identity.revocation.ConsumerRow;
import dev.birthmark.identity.revocation.Draft;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.identity.revocation.Term;
import dev.birthmark.testkit.pki.TestPki;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
public abstract class RegistryStoreContract {
  private static final String TENANT = TestSite.TENANT;
  private final TestSite site = new TestSite("contract");
  private final LogId log = site.pki().logId();
  private RegistryStore store;
  private TestIdentity identity;

  /** An empty store. */
  protected abstract RegistryStore newStore();

  @BeforeEach
  void registerASite() {
    store = newStore();
    identity = new TestIdentity(store);
    identity.register(site);
  }

  @Test
  void leavesNothingOfAScriptThatThrows() {
    assertThatThrownBy(() ->
            store.write(tx -> {
              tx.alarms().raise(List.of(alarm("1")));
              throw new IllegalArgumentException("mine");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mine");
    assertThat(new Alarms(store).latest(TENANT, 10)).isEmpty();
  }

  @Test
  void raisesAnAlarmOnce() {
    assertThat(store.<Integer>write(tx -> tx.alarms().raise(List.of(alarm("1"), alarm("2")))))
        .isEqualTo(2);
    assertThat(store.<Integer>write(tx -> tx.alarms().raise(List.of(alarm("2"), alarm("3")))))
        .isEqualTo(1);
    assertThat(new Alarms(store).latest(TENANT, 2))
        .extracting(Alarm::subject)
        .containsExactly("3", "2");
  }

  @Test
  void keepsSitesAndLogs() {
    SiteRow row = store.<SiteRow>read(tx -> tx.sites().site(site.name()).orElseThrow());
    assertThat(store.<List<SiteRow>>read(tx -> tx.sites().all())).containsExactly(row);
    assertThat(store.<SortedMap<SiteName, Long>>read(tx -> tx.sites().numbers()))
        .containsExactlyEntriesOf(new TreeMap<>(Map.of(site.name(), 1L)));
    LogRow logRow = store.<LogRow>read(tx -> tx.logs().log(log).orElseThrow());
    assertThat(logRow.noteKey()).isEqualTo(site.log());
    assertThat(logRow.root()).isEqualTo(MerkleTree.EMPTY_ROOT);
    store.write(tx -> {
      tx.logs().update(tx.logs().lock(log).orElseThrow().close());
      return log;
    });
    assertThat(store.<List<LogRow>>read(tx -> tx.logs().of(site.name())))
        .extracting(LogRow::closed)
        .containsExactly(true);
  }

  @Test
  void servesEntriesInOrderWithinABound() {
    List<LogRecords.EntryRow> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] der = {(byte) i, 0, 0, 0};
      rows.add(new LogRecords.EntryRow(new Octets(der), MerkleTree.leafHash(der), i == 3));
    }
    store.write(tx -> {
      tx.logs().append(log, 0, rows.subList(0, 2));
      tx.logs().append(log, 2, rows.subList(2, 5));
      return log;
    });
    assertThat(store.<List<Octets>>read(tx -> tx.logs().entries(log, 1, 9)))
        .containsExactly(rows.get(1).der(), rows.get(2).der());
    assertThat(store.<List<Octets>>read(tx -> tx.logs().entries(log, 4, 1))).hasSize(1);
    assertThat(store.<List<Octets>>read(tx -> tx.logs().entries(log, 5, 9))).isEmpty();
    List<Sha256> leaves = new ArrayList<>();
    store.read(tx -> {
      tx.logs().leafHashes(log, 4, leaves::add);
      return log;
    });
    assertThat(leaves)
        .containsExactlyElementsOf(
            rows.subList(0, 4).stream().map(LogRecords.EntryRow::leaf).toList());
  }

  @Test
  void letsTheFirstClaimWin() {
    Claims.Device first = device("dev-1", "a");
    Claims.Device second = device("DEV-1", "b");
    assertThat(claim(first)).isEqualTo(first);
    assertThat(claim(second)).isEqualTo(first);
    Facts facts = new Facts(site.name(), "o", "l", "m", "", "p", "");
    int id = store.<Integer>write(tx -> tx.credentials().claimFacts(facts(facts)).get(facts));
    assertThat(store.<Integer>write(tx -> tx.credentials().claimFacts(facts(facts)).get(facts)))
        .isEqualTo(id)
        .isPositive();
    assertThat(
            store.<SortedMap<Integer, Facts>>read(
                tx -> tx.credentials().facts(new TreeSet<>(List.of(id, 9_999)))))
        .hasSize(1)
        .containsEntry(id, facts);
  }

  @Test
  void countsOrders() {
    Claims.Order order = new Claims.Order(site.name(), "o", 5, 0);
    assertThat(lock(order)).isEqualTo(order);
    store.write(tx -> {
      tx.credentials().updateOrders(List.of(new Claims.Order(site.name(), "o", 5, 3)));
      return order;
    });
    assertThat(lock(new Claims.Order(site.name(), "o", 7, 0)))
        .isEqualTo(new Claims.Order(site.name(), "o", 5, 3));
  }

  @Test
  void findsCredentialsByEveryKey() {
    Credential credential = insert("Dev-1", 0);
    insert("dev-2", 1);
    assertThat(
            store.<Optional<Credential>>read(
                tx -> tx.credentials().byFingerprint(credential.fingerprint())))
        .contains(credential);
    assertThat(store.<List<Credential>>read(tx -> tx.credentials().ofDevice(TENANT, "dev-1")))
        .containsExactly(credential);
    for (Term term :
        List.of(
            new Term(SelectorAttribute.DEVICE_ID, "dev-1"),
            new Term(SelectorAttribute.FINGERPRINT, credential.fingerprint().hex()),
            new Term(SelectorAttribute.KEY, credential.key().hex()),
            new Term(SelectorAttribute.SERIAL, credential.serial().hex()),
            new Term(SelectorAttribute.LOT, "lot of Dev-1"))) {
      assertThat(store.<Members>read(tx -> tx.selection().members(TENANT, term)))
          .as(term.toString())
          .isEqualTo(Members.of(credential.place()));
      assertThat(store.<Members>read(tx -> tx.selection().members("another", term)).isEmpty())
          .isTrue();
    }
    List<Long> slots = new ArrayList<>();
    store.read(tx -> {
      tx.credentials().slots(log, 1, 9, (index, tag, facts) -> slots.add(index));
      return log;
    });
    assertThat(slots).containsExactly(1L);
  }

  @Test
  void searchesDevicesWithACursor() {
    for (String id : List.of("b-2", "a-1", "b-1", "b-3")) {
      claim(device(id, "a"));
    }
    DeviceRecords.Query query = new DeviceRecords.Query(TENANT, "b-", "m", "", "", "", 2);
    Devices.Page page = new Devices(store).search(query, Optional.empty());
    assertThat(page.devices())
        .extracting(found -> found.device().device().value())
        .containsExactly("b-1", "b-2");
    DeviceRecords.Query next =
        new DeviceRecords.Query(TENANT, "b-", "m", "", "", page.next().orElseThrow(), 2);
    assertThat(new Devices(store).search(next, Optional.empty()).devices())
        .extracting(found -> found.device().device().value())
        .containsExactly("b-3");
  }

  @Test
  void keepsPagesOfPlanes() {
    Plane plane = Plane.empty().with(Members.of(new Place(log, 70_000)), log);
    SortedMap<Integer, PlanePage> pages = new TreeMap<>();
    pages.put(1, plane.page(1));
    store.write(tx -> {
      tx.status().put(log, PlaneCode.HELD, pages);
      tx.status().put(log, PlaneCode.HELD, pages);
      return log;
    });
    assertThat(
            store.<SortedMap<Integer, PlanePage>>read(
                tx -> tx.status().pages(log, PlaneCode.HELD, new TreeSet<>(List.of(0, 1)))))
        .isEqualTo(pages);
    assertThat(store.<List<PlaneCode>>read(tx -> List.copyOf(tx.status().planes(log))))
        .containsExactly(PlaneCode.HELD);
  }

  @Test
  void keepsTheFeedAndWhatIsInForce() {
    Members members = Members.range(log, 3, 9);
    List<RecordedChange> changes =
        store.write(tx -> {
          tx.feed().lockExclusively(TENANT);
          FeedRow head = tx.feed().lockHead(TENANT);
          return identity.feed.append(
              tx,
              head,
              TestPki.NOW,
              List.of(
                  new Draft(
                      ChangeKind.SUSPEND,
                      Reason.RECALL,
                      Draft.NO_REQUEST,
                      Optional.empty(),
                      Selector.of(SelectorAttribute.LOT, "l"),
                      members),
                  Draft.hold(Reason.DUPLICATE_KEY, Members.range(log, 5, 6))));
        });
    Position first = changes.getFirst().position();
    assertThat(store.<FeedRow>read(tx -> tx.feed().head(TENANT).orElseThrow()).hash())
        .isEqualTo(changes.getLast().encoded().hash());
    assertThat(store.<List<RecordedChange>>read(tx -> tx.feed().after(TENANT, first, 10)))
        .containsExactly(changes.getLast());
    assertThat(
            store.<List<ForceRecords.InForce>>read(tx ->
                tx.force()
                    .matching(
                        TENANT, new TreeSet<>(List.of(new Term(SelectorAttribute.LOT, "l"))))))
        .extracting(ForceRecords.InForce::position)
        .containsExactly(first);
    assertThat(
            store.<List<ForceRecords.Holding>>read(
                tx -> tx.force().suspensions(TENANT, new TreeSet<>(List.of(log)))))
        .extracting(ForceRecords.Holding::held)
        .containsExactly(members, Members.range(log, 5, 6));
    assertThat(
            store.<List<ForceRecords.Holding>>read(tx -> tx.force().holdingsFrom(TENANT, log, 8)))
        .hasSize(1);
    assertThat(store.<List<Position>>read(tx -> tx.force().naming(TENANT, new Place(log, 5))))
        .hasSize(2);
    store.write(tx -> {
      tx.feed().lockExclusively(TENANT);
      tx.force().leave(TENANT, List.of(first));
      return first;
    });
    assertThat(
            store.<List<ForceRecords.InForce>>read(tx -> tx.force().withFollowOns(TENANT, first)))
        .isEmpty();
    assertThat(store.<List<Position>>read(tx -> tx.force().naming(TENANT, new Place(log, 4))))
        .containsExactly(first);
  }

  @Test
  void keepsWhatAnIdempotencyKeyBecame() {
    FeedRecords.AnsweredRequest request =
        new FeedRecords.AnsweredRequest(Sha256.of(new byte[] {1}), new Position(0, 1));
    store.write(tx -> {
      tx.feed().answer(TENANT, "k", request);
      return request;
    });
    assertThat(
            store.<Optional<FeedRecords.AnsweredRequest>>read(
                tx -> tx.feed().answered(TENANT, "k")))
        .contains(request);
    assertThat(
            store.<Optional<FeedRecords.AnsweredRequest>>read(
                tx -> tx.feed().answered("another", "k")))
        .isEmpty();
  }

  @Test
  void keepsConsumersAndTheirAcknowledgements() {
    Instant now = TestPki.NOW;
    ConsumerRow row =
        new ConsumerRow(
            TENANT, "c", ConsumerRow.Kind.CONSUMER, "s", new Position(0, 4), now.plusSeconds(9));
    store.write(tx -> {
      tx.consumers().put(row);
      tx.consumers().acknowledged(TENANT, "c", new Position(0, 2), now);
      tx.consumers().acknowledged(TENANT, "c", new Position(0, 4), now.plusSeconds(1));
      return row;
    });
    assertThat(
            store.<Optional<Instant>>read(
                tx -> tx.consumers().firstAcknowledged(TENANT, "c", new Position(0, 3))))
        .contains(now.plusSeconds(1));
    assertThat(store.<List<ConsumerRow>>read(tx -> tx.consumers().all(TENANT)))
        .containsExactly(row);
    store.write(tx -> {
      tx.consumers().removeExpired(TENANT, now.plusSeconds(10));
      return row;
    });
    assertThat(store.<Integer>read(tx -> tx.consumers().count(TENANT))).isZero();
  }

  private Credential insert(String device, long index) {
    DeviceId id = new DeviceId(device);
    return store.write(tx -> {
      Credential credential =
          new Credential(
              new Place(log, index),
              TENANT,
              id,
              CertificateSerial.of(log.serialBits(), index, -7),
              Sha256.of(device.getBytes(StandardCharsets.UTF_8)),
              Sha256.of(new byte[] {(byte) index}),
              -3,
              1,
              TestPki.NOW,
              TestPki.NOW.plusSeconds(60),
              TestPki.NOW,
              Optional.of(new Place(log, 99)));
      tx.credentials().insert(List.of(credential));
      SortedMap<Term, Members> members = new TreeMap<>();
      members.put(
          new Term(SelectorAttribute.LOT, "lot of " + device), Members.of(credential.place()));
      tx.credentials().addMembers(log, members);
      return credential;
    });
  }

  private Claims.Device claim(Claims.Device claim) {
    String key = claim.device().canonical();
    SortedMap<String, Claims.Device> claims = new TreeMap<>();
    claims.put(key, claim);
    return store.write(tx -> tx.credentials().claimDevices(TENANT, claims).get(key));
  }

  private Claims.Order lock(Claims.Order order) {
    SortedMap<String, Claims.Order> orders = new TreeMap<>();
    orders.put(order.id(), order);
    return store.write(tx -> tx.credentials().lockOrders(site.name(), orders).get(order.id()));
  }

  private static Claims.Device device(String id, String site) {
    return new Claims.Device(TENANT, new DeviceId(id), site, "m", "r", "l", "o", TestPki.NOW);
  }

  private static TreeSet<Facts> facts(Facts facts) {
    return new TreeSet<>(List.of(facts));
  }

  private Alarm alarm(String subject) {
    return new Alarm(
        TENANT,
        Alarm.Kind.FORK,
        Optional.of("contract"),
        Optional.of(log),
        subject,
        TestPki.NOW,
        "detail");
  }
}
