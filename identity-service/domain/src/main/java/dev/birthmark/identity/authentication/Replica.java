package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.SiteDirectory;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.revocation.Applied;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the status of all tenants in memory. {@link #poll()} reads what is new in one snapshot of
 * the database and swaps the view; a change n is applied only after n − 1, and a log's row is taken
 * over whole, only after the feed position that was valid at its ingest's commit.
 *
 * <p>{@link #view()} and {@link #anchors()} never block. Polls happen one at a time, on the
 * caller's thread.
 */
public final class Replica implements Applied {
  private final RegistryStore store;
  private final SiteDirectory sites;
  private final MonotonicClock monotonic;
  private final InstantSource clock;
  private final List<StandingListener> listeners = new CopyOnWriteArrayList<>();

  private volatile Memory memory = Memory.EMPTY;

  /** With the store, the sites as their bundles say, and the clocks. */
  public Replica(
      RegistryStore store, SiteDirectory sites, MonotonicClock monotonic, InstantSource clock) {
    this.store = store;
    this.sites = sites;
    this.monotonic = monotonic;
    this.clock = clock;
  }

  /**
   * What a poll brought.
   *
   * @param changes how many changes were applied
   * @param entries how many log entries were taken over
   * @param positions how much of each tenant's feed is applied now
   * @param clockOffset the database's clock less this one's; beyond 30 s either way the replica is
   *     not ready
   */
  public record Polled(
      int changes, long entries, SortedMap<String, Position> positions, Duration clockOffset) {}

  /** Hears of credentials that lose their standing. */
  public void addListener(StandingListener listener) {
    listeners.add(listener);
  }

  /** The status, as of the last poll. */
  public StatusView view() {
    return memory.view();
  }

  /** The known issuers, as of the last poll. */
  public TrustAnchors anchors() {
    return memory.anchors();
  }

  /**
   * Reads what is new, everything at first.
   *
   * @throws StoreUnavailableException if the database could not be read; the view stays and ages
   */
  public synchronized Polled poll() {
    long sent = monotonic.nanos();
    Memory before = memory;
    CatchUp.Caught caught =
        store.snapshot(transaction -> new CatchUp(transaction, sites, before, sent).run());
    memory = caught.memory();
    if (!caught.withdrawn().isEmpty()) {
      tell(caught.withdrawn());
    }
    Instant database = caught.memory().view().statusAsOf().orElse(Instant.EPOCH);
    return new Polled(
        caught.changes(),
        caught.entries(),
        caught.memory().view().positions(),
        Duration.between(clock.instant(), database));
  }

  @Override
  public void apply(String tenant, Position position) {
    if (!view().position(tenant).reaches(position)) {
      poll();
    }
    if (!view().position(tenant).reaches(position)) {
      throw new StoreUnavailableException("change " + position + " could not be applied here");
    }
  }

  private void tell(Members withdrawn) {
    listeners.forEach(listener -> listener.withdrawn(withdrawn));
  }

  /**
   * What is swapped as one.
   *
   * @param numbers the site bundles that the anchors were made of
   */
  record Memory(StatusView view, TrustAnchors anchors, SortedMap<SiteName, Long> numbers) {
    static final Memory EMPTY = new Memory(StatusView.EMPTY, TrustAnchors.NONE, new TreeMap<>());
  }
}
