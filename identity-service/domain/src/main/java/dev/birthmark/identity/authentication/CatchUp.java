package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.Plane;
import dev.birthmark.credential.status.PlanePage;
import dev.birthmark.identity.authentication.Replica.Memory;
import dev.birthmark.identity.authentication.StatusView.Mark;
import dev.birthmark.identity.registry.Facts;
import dev.birthmark.identity.registry.LogRow;
import dev.birthmark.identity.registry.RegistryTransaction;
import dev.birthmark.identity.registry.Site;
import dev.birthmark.identity.registry.SiteDirectory;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.Installation;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.RecordedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One poll of a replica, inside one snapshot of the database: from one memory to the next. */
final class CatchUp {
  private static final int AT_ONCE = 100;

  private final RegistryTransaction tx;
  private final SiteDirectory sites;
  private final Memory before;
  private final long sent;
  private final SortedMap<LogId, LogState> logs;
  private final SortedMap<String, Mark> marks;
  private final List<Members> withdrawn = new ArrayList<>();
  private Facts[] facts;
  private int changes;
  private long entries;

  CatchUp(RegistryTransaction tx, SiteDirectory sites, Memory before, long sent) {
    this.tx = tx;
    this.sites = sites;
    this.before = before;
    this.sent = sent;
    this.logs = new TreeMap<>(before.view().logs());
    this.marks = new TreeMap<>(before.view().marks());
    this.facts = before.view().allFacts();
  }

  /** The next memory, what lost its standing on the way, and how much was read. */
  record Caught(Memory memory, Members withdrawn, int changes, long entries) {}

  Caught run() {
    Instant now = tx.installation().now();
    List<FeedRow> heads = tx.feed().heads();
    List<LogRow> rows = tx.logs().all();
    if (!Installation.isSteady(tx.installation()) || hasGoneBack(heads)) {
      Memory same = new Memory(before.view().asRecovering(), before.anchors(), before.numbers());
      return new Caught(same, Members.none(), 0, 0);
    }
    boolean joining = before.view().statusAsOf().isEmpty();
    rows.forEach(row -> logs.computeIfAbsent(row.id(), id -> LogState.empty(id, row.site())));
    boolean whole = true;
    if (joining) {
      heads.forEach(head -> marks.put(head.tenant(), new Mark(head.position(), head.hash())));
      rows.forEach(row -> loadPlanes(row.id()));
    } else {
      for (FeedRow head : heads) {
        whole &= follow(head);
      }
    }
    rows.forEach(this::takeOver);
    SortedMap<SiteName, Long> numbers = tx.sites().numbers();
    TrustAnchors anchors = numbers.equals(before.numbers()) ? before.anchors() : readAnchors();
    StatusView view = new StatusView(logs, marks, facts, Optional.of(now), sent, !whole);
    return new Caught(
        new Memory(view, anchors, numbers), Members.unionOf(withdrawn), changes, entries);
  }

  /** A head that is behind what was applied here, or another one at the same position. */
  private boolean hasGoneBack(List<FeedRow> heads) {
    SortedMap<String, FeedRow> byTenant = new TreeMap<>();
    heads.forEach(head -> byTenant.put(head.tenant(), head));
    return marks.entrySet().stream()
        .anyMatch(mark -> {
          FeedRow head = byTenant.get(mark.getKey());
          int order = head == null ? -1 : head.position().compareTo(mark.getValue().position());
          return order < 0
              || (order == 0 && head != null && !head.hash().equals(mark.getValue().hash()));
        });
  }

  /** Applies what is new of a tenant's feed; false if it does not follow on what was applied. */
  private boolean follow(FeedRow head) {
    Mark mark = marks.getOrDefault(head.tenant(), new Mark(Position.START, Change.NO_PREVIOUS));
    while (!mark.position().reaches(head.position())) {
      List<RecordedChange> next = tx.feed().after(head.tenant(), mark.position(), AT_ONCE);
      if (next.isEmpty()) {
        return false;
      }
      for (RecordedChange recorded : next) {
        Change change = recorded.encoded().change();
        Sha256 previous = mark.hash();
        if (!change.previous().equals(previous)) {
          return false;
        }
        apply(change);
        mark = new Mark(change.position(), recorded.encoded().hash());
        marks.put(head.tenant(), mark);
        changes++;
      }
    }
    marks.put(head.tenant(), mark);
    return true;
  }

  private void apply(Change change) {
    Members members = change.members();
    for (LogId log : members.logs()) {
      logs.computeIfPresent(
          log, (id, state) -> state.apply(change.kind(), change.reason(), members));
    }
    if (change.kind() == ChangeKind.REVOKE || change.kind() == ChangeKind.SUSPEND) {
      withdrawn.add(members);
    }
  }

  private void loadPlanes(LogId log) {
    SortedMap<PlaneCode, SortedMap<Integer, PlanePage>> pages = new TreeMap<>();
    tx.status()
        .each(
            log,
            (code, number, page) ->
                pages.computeIfAbsent(code, key -> new TreeMap<>()).put(number, page));
    pages.forEach((code, stored) ->
        logs.computeIfPresent(log, (id, state) -> state.withPlane(code, Plane.of(stored))));
  }

  /** A row counts only once the feed is applied that was valid when it was committed. */
  private void takeOver(LogRow row) {
    LogState state = logs.get(row.id());
    Mark mark = marks.get(row.site().tenant());
    if (state == null
        || row.size() <= state.size()
        || mark == null
        || !mark.position().reaches(row.feed())) {
      return;
    }
    Slots slots = state.slots().withRoomFor(row.size());
    SortedSet<Integer> unknown = new TreeSet<>();
    tx.credentials()
        .slots(
            row.id(),
            state.size(),
            row.size(),
            (index, tag, id) -> {
              slots.put(index, tag, id);
              if (id >= facts.length || facts[id] == null) {
                unknown.add(id);
              }
            });
    learn(unknown);
    entries += row.size() - state.size();
    logs.put(row.id(), withBadPages(state, row).grown(row.size(), slots));
  }

  private LogState withBadPages(LogState state, LogRow row) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (long page = state.size() >>> 16; page <= (row.size() - 1) >>> 16; page++) {
      numbers.add((int) page);
    }
    Plane bad = state.plane(PlaneCode.BAD);
    for (Map.Entry<Integer, PlanePage> page :
        tx.status().pages(row.id(), PlaneCode.BAD, numbers).entrySet()) {
      bad = bad.withPage(page.getKey(), page.getValue());
    }
    return state.withPlane(PlaneCode.BAD, bad);
  }

  private void learn(SortedSet<Integer> ids) {
    if (!ids.isEmpty()) {
      Facts[] grown = Arrays.copyOf(facts, Math.max(facts.length, ids.last() + 1));
      tx.credentials().facts(ids).forEach((id, known) -> grown[id] = known);
      facts = grown;
    }
  }

  private TrustAnchors readAnchors() {
    List<Site> known = tx.sites().all().stream().map(sites::of).toList();
    return TrustAnchors.of(known);
  }
}
