package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.LogHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.PlanePage;
import dev.birthmark.identity.registry.InMemoryState.ChangeKey;
import dev.birthmark.identity.registry.InMemoryState.Key;
import dev.birthmark.identity.registry.InMemoryState.PageKey;
import dev.birthmark.identity.revocation.ConsumerRecords;
import dev.birthmark.identity.revocation.ConsumerRow;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.identity.revocation.SelectionRecords;
import dev.birthmark.identity.revocation.StatusRecords;
import dev.birthmark.identity.revocation.Term;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The feed's half of the records in memory; checks that locks are taken in their order. */
final class InMemoryRevocationRecords {
  private final InMemoryState state;
  private final boolean writable;
  private final TreeSet<String> feedLocks = new TreeSet<>();
  private final TreeSet<String> headLocks = new TreeSet<>();

  InMemoryRevocationRecords(InMemoryState state, boolean writable) {
    this.state = state;
    this.writable = writable;
  }

  FeedRecords feed() {
    return new Feeds();
  }

  ForceRecords force() {
    return new Forces();
  }

  StatusRecords status() {
    return new Statuses();
  }

  SelectionRecords selection() {
    return new Selections();
  }

  ConsumerRecords consumers() {
    return new Consumers();
  }

  private void need(boolean condition, String what) {
    if (!writable || !condition) {
      throw new IllegalStateException(what);
    }
  }

  private static ChangeKey key(String tenant, Position position) {
    return new ChangeKey(tenant, position, ChangeKey.NO_LOG);
  }

  private final class Feeds implements FeedRecords {
    @Override
    public void lockExclusively(String tenant) {
      need(headLocks.isEmpty(), "the feed's lock after its head");
      feedLocks.add(tenant);
    }

    @Override
    public void lockShared(String tenant) {
      lockExclusively(tenant);
    }

    @Override
    public FeedRow lockHead(String tenant) {
      need(feedLocks.contains(tenant), "the head without the feed's lock");
      headLocks.add(tenant);
      return state.heads.computeIfAbsent(tenant, FeedRow::empty);
    }

    @Override
    public Optional<FeedRow> head(String tenant) {
      return Optional.ofNullable(state.heads.get(tenant));
    }

    @Override
    public List<FeedRow> heads() {
      return List.copyOf(state.heads.values());
    }

    @Override
    public void open(String tenant) {
      need(true, "a reading script writes");
      state.heads.computeIfAbsent(tenant, FeedRow::empty);
    }

    @Override
    public void append(RecordedChange change) {
      need(headLocks.contains(change.tenant()), "a change without the head's lock");
      Position last = Objects.requireNonNull(state.heads.get(change.tenant())).position();
      need(change.position().equals(last.next()), "a gap in the feed");
      state.changes.put(key(change.tenant(), change.position()), change);
      state.heads.put(
          change.tenant(),
          new FeedRow(change.tenant(), change.position(), change.encoded().hash(), change.head()));
    }

    @Override
    public void renote(String tenant, String note) {
      need(headLocks.contains(tenant), "a note without the head's lock");
      state.heads.computeIfPresent(
          tenant, (key, row) -> new FeedRow(tenant, row.position(), row.hash(), note));
    }

    @Override
    public Optional<RecordedChange> change(String tenant, Position position) {
      return Optional.ofNullable(state.changes.get(key(tenant, position)));
    }

    @Override
    public List<RecordedChange> after(String tenant, Position after, int limit) {
      return state.changes.tailMap(key(tenant, after), false).values().stream()
          .filter(change -> change.tenant().equals(tenant))
          .limit(limit)
          .toList();
    }

    @Override
    public Optional<AnsweredRequest> answered(String tenant, String idempotencyKey) {
      return Optional.ofNullable(state.answered.get(new Key(tenant, idempotencyKey)));
    }

    @Override
    public void answer(String tenant, String idempotencyKey, AnsweredRequest request) {
      need(
          state.answered.put(new Key(tenant, idempotencyKey), request) == null,
          "an idempotency key twice");
    }
  }

  private final class Forces implements ForceRecords {
    @Override
    public void enter(InForce change, Members members) {
      need(feedLocks.contains(change.tenant()), "force without the feed's lock");
      state.inForce.put(key(change.tenant(), change.position()), change);
      if (change.kind() != ChangeKind.RESTORE) {
        for (LogId log : members.logs()) {
          state.holdings.put(
              new ChangeKey(change.tenant(), change.position(), log),
              new Holding(change.position(), change.kind(), log, members.in(log), Members.none()));
        }
      }
    }

    @Override
    public List<InForce> matching(String tenant, SortedSet<Term> terms) {
      return inForce(
          tenant,
          change ->
              !change.selector().isEmpty()
                  && terms.contains(Term.of(change.selector()).getFirst()));
    }

    @Override
    public List<InForce> withFollowOns(String tenant, Position change) {
      return inForce(
          tenant,
          other -> other.position().equals(change) || other.cause().equals(Optional.of(change)));
    }

    private List<InForce> inForce(String tenant, Predicate<InForce> wanted) {
      return state.inForce.values().stream()
          .filter(change -> change.tenant().equals(tenant))
          .filter(wanted)
          .toList();
    }

    @Override
    public void leave(String tenant, Collection<Position> changes) {
      need(feedLocks.contains(tenant), "force without the feed's lock");
      for (Position position : changes) {
        state.inForce.remove(key(tenant, position));
      }
      state
          .holdings
          .keySet()
          .removeIf(key -> key.tenant().equals(tenant) && changes.contains(key.position()));
    }

    @Override
    public List<Holding> holdings(String tenant, Collection<Position> changes) {
      return holdings(tenant, holding -> changes.contains(holding.change()));
    }

    @Override
    public List<Holding> suspensions(String tenant, SortedSet<LogId> logs) {
      return holdings(
          tenant, holding -> holding.kind() == ChangeKind.SUSPEND && logs.contains(holding.log()));
    }

    @Override
    public List<Holding> holdingsFrom(String tenant, LogId log, long index) {
      Members beyond = Members.range(log, index, Place.MAX_INDEX + 1);
      return holdings(
          tenant,
          holding -> holding.held().intersects(beyond) || holding.lifted().intersects(beyond));
    }

    private List<Holding> holdings(String tenant, Predicate<Holding> wanted) {
      return state.holdings.entrySet().stream()
          .filter(entry -> entry.getKey().tenant().equals(tenant))
          .map(entry -> entry.getValue())
          .filter(wanted)
          .toList();
    }

    @Override
    public List<Position> naming(String tenant, Place place) {
      return state.changes.values().stream()
          .filter(change -> change.tenant().equals(tenant))
          .filter(change -> change.encoded().change().members().contains(place))
          .map(RecordedChange::position)
          .toList();
    }

    @Override
    public void replace(String tenant, Holding holding) {
      need(
          state.holdings.put(new ChangeKey(tenant, holding.change(), holding.log()), holding)
              != null,
          "no such holding");
    }
  }

  private final class Statuses implements StatusRecords {
    @Override
    public SortedMap<Integer, PlanePage> pages(
        LogId log, PlaneCode plane, SortedSet<Integer> pages) {
      TreeMap<Integer, PlanePage> found = new TreeMap<>();
      for (int page : pages) {
        Optional.ofNullable(state.pages.get(new PageKey(log, plane, page)))
            .ifPresent(bits -> found.put(page, bits));
      }
      return found;
    }

    @Override
    public void put(LogId log, PlaneCode plane, SortedMap<Integer, PlanePage> pages) {
      need(true, "a reading script writes");
      pages.forEach((page, bits) -> state.pages.put(new PageKey(log, plane, page), bits));
    }

    @Override
    public SortedSet<PlaneCode> planes(LogId log) {
      TreeSet<PlaneCode> planes = new TreeSet<>();
      state.pages.keySet().stream()
          .filter(key -> key.log().equals(log))
          .forEach(key -> planes.add(key.plane()));
      return planes;
    }

    @Override
    public void each(LogId log, PageVisitor visitor) {
      state.pages.forEach((key, bits) -> {
        if (key.log().equals(log)) {
          visitor.page(key.plane(), key.page(), bits);
        }
      });
    }
  }

  private final class Selections implements SelectionRecords {
    @Override
    public Members members(String tenant, Term term) {
      return switch (term.attribute()) {
        case CHANGE -> Members.none();
        case DEVICE_ID -> having(tenant, one -> one.device().canonical().equals(term.value()));
        case FINGERPRINT -> having(tenant, one -> one.fingerprint().hex().equals(term.value()));
        case KEY -> having(tenant, one -> one.key().hex().equals(term.value()));
        case SERIAL -> having(tenant, one -> one.serial().hex().equals(term.value()));
        case HARDWARE_REVISION, ISSUER, LOT, MODEL, ORDER, PROFILE, SITE, STATION ->
            Members.unionOf(
                state.memberships.entrySet().stream()
                    .filter(entry -> entry.getKey().term().equals(term))
                    .filter(entry -> tenantOf(entry.getKey().log()).equals(tenant))
                    .map(entry -> entry.getValue())
                    .toList());
      };
    }

    private String tenantOf(LogId log) {
      return Objects.requireNonNull(state.logs.get(log)).site().tenant();
    }

    private Members having(String tenant, Predicate<Credential> wanted) {
      return Members.of(
          state.credentials.values().stream()
              .filter(one -> one.tenant().equals(tenant))
              .filter(wanted)
              .map(Credential::place)
              .toList());
    }

    @Override
    public SortedMap<LogId, LogHead> logs(String tenant) {
      TreeMap<LogId, LogHead> heads = new TreeMap<>();
      state.logs.forEach((id, row) -> {
        if (row.site().tenant().equals(tenant)) {
          heads.put(id, new LogHead(row.size(), row.root()));
        }
      });
      return heads;
    }
  }

  private final class Consumers implements ConsumerRecords {
    @Override
    public Optional<ConsumerRow> lock(String tenant, String name) {
      return Optional.ofNullable(state.consumers.get(new Key(tenant, name)));
    }

    @Override
    public List<ConsumerRow> all(String tenant) {
      return state.consumers.values().stream()
          .filter(consumer -> consumer.tenant().equals(tenant))
          .toList();
    }

    @Override
    public int count(String tenant) {
      return all(tenant).size();
    }

    @Override
    public void put(ConsumerRow consumer) {
      need(true, "a reading script writes");
      state.consumers.put(new Key(consumer.tenant(), consumer.name()), consumer);
    }

    @Override
    public void removeExpired(String tenant, Instant before) {
      state
          .consumers
          .values()
          .removeIf(consumer ->
              consumer.tenant().equals(tenant) && consumer.leaseUntil().isBefore(before));
    }

    @Override
    public void acknowledged(String tenant, String name, Position position, Instant at) {
      state.acknowledged.add(new InMemoryState.Acknowledged(tenant, name, position, at));
    }

    @Override
    public Optional<Instant> firstAcknowledged(String tenant, String name, Position atLeast) {
      return state.acknowledged.stream()
          .filter(one -> one.tenant().equals(tenant) && one.name().equals(name))
          .filter(one -> one.position().reaches(atLeast))
          .map(InMemoryState.Acknowledged::at)
          .min(Comparator.naturalOrder());
    }
  }
}
