package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.PlanePage;
import dev.birthmark.identity.revocation.ConsumerRow;
import dev.birthmark.identity.revocation.DatabaseIdentity;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.identity.revocation.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of {@link InMemoryRegistryStore}; rows are values, so a copy shares them. */
final class InMemoryState {
  /** Text with a tenant before it, which keys of several tables are. */
  record Key(String tenant, String text) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::tenant).thenComparing(Key::text);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** A page of a plane. */
  record PageKey(LogId log, PlaneCode plane, int page) implements Comparable<PageKey> {
    private static final Comparator<PageKey> ORDER =
        Comparator.comparing(PageKey::log)
            .thenComparing(PageKey::plane)
            .thenComparing(PageKey::page);

    @Override
    public int compareTo(PageKey other) {
      return ORDER.compare(this, other);
    }
  }

  /** A position in a tenant's feed, and a log. */
  record ChangeKey(String tenant, Position position, LogId log) implements Comparable<ChangeKey> {
    static final LogId NO_LOG = new LogId(0);
    private static final Comparator<ChangeKey> ORDER =
        Comparator.comparing(ChangeKey::tenant)
            .thenComparing(ChangeKey::position)
            .thenComparing(ChangeKey::log);

    @Override
    public int compareTo(ChangeKey other) {
      return ORDER.compare(this, other);
    }
  }

  /** An acknowledgement. */
  record Acknowledged(String tenant, String name, Position position, Instant at) {}

  /** Members of one log that share a term. */
  record MembershipKey(LogId log, Term term) implements Comparable<MembershipKey> {
    private static final Comparator<MembershipKey> ORDER =
        Comparator.comparing(MembershipKey::term).thenComparing(MembershipKey::log);

    @Override
    public int compareTo(MembershipKey other) {
      return ORDER.compare(this, other);
    }
  }

  Optional<DatabaseIdentity> accepted = Optional.empty();
  TreeMap<SiteName, SiteRow> sites = new TreeMap<>();
  TreeMap<LogId, LogRow> logs = new TreeMap<>();
  List<LogId> opened = new ArrayList<>();
  TreeMap<LogId, List<LogRecords.EntryRow>> entries = new TreeMap<>();
  TreeMap<Facts, Integer> facts = new TreeMap<>();
  TreeMap<Key, Claims.Order> orders = new TreeMap<>();
  TreeMap<Key, Claims.Device> devices = new TreeMap<>();
  TreeMap<Key, Claims.Key> keys = new TreeMap<>();
  TreeMap<Place, Place> renewals = new TreeMap<>();
  TreeMap<Place, Credential> credentials = new TreeMap<>();
  TreeMap<Sha256, Place> fingerprints = new TreeMap<>();
  TreeMap<MembershipKey, Members> memberships = new TreeMap<>();
  List<DeviceRecords.Event> events = new ArrayList<>();
  List<Alarm> alarms = new ArrayList<>();
  TreeMap<String, FeedRow> heads = new TreeMap<>();
  TreeMap<ChangeKey, RecordedChange> changes = new TreeMap<>();
  TreeMap<Key, FeedRecords.AnsweredRequest> answered = new TreeMap<>();
  TreeMap<ChangeKey, ForceRecords.InForce> inForce = new TreeMap<>();
  TreeMap<ChangeKey, ForceRecords.Holding> holdings = new TreeMap<>();
  TreeMap<PageKey, PlanePage> pages = new TreeMap<>();
  TreeMap<Key, ConsumerRow> consumers = new TreeMap<>();
  List<Acknowledged> acknowledged = new ArrayList<>();

  InMemoryState copy() {
    InMemoryState copy = new InMemoryState();
    copy.accepted = accepted;
    copy.sites = new TreeMap<>(sites);
    copy.logs = new TreeMap<>(logs);
    copy.opened = new ArrayList<>(opened);
    copy.entries = new TreeMap<>(entries);
    copy.facts = new TreeMap<>(facts);
    copy.orders = new TreeMap<>(orders);
    copy.devices = new TreeMap<>(devices);
    copy.keys = new TreeMap<>(keys);
    copy.renewals = new TreeMap<>(renewals);
    copy.credentials = new TreeMap<>(credentials);
    copy.fingerprints = new TreeMap<>(fingerprints);
    copy.memberships = new TreeMap<>(memberships);
    copy.events = new ArrayList<>(events);
    copy.alarms = new ArrayList<>(alarms);
    copy.heads = new TreeMap<>(heads);
    copy.changes = new TreeMap<>(changes);
    copy.answered = new TreeMap<>(answered);
    copy.inForce = new TreeMap<>(inForce);
    copy.holdings = new TreeMap<>(holdings);
    copy.pages = new TreeMap<>(pages);
    copy.consumers = new TreeMap<>(consumers);
    copy.acknowledged = new ArrayList<>(acknowledged);
    return copy;
  }
}
