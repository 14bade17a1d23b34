package dev.birthmark.identity.server.replica;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.edge.postgres.DatabaseAddress;
import dev.birthmark.edge.postgres.Listen;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.Consumers;
import dev.birthmark.identity.revocation.Feed;
import dev.birthmark.identity.revocation.Installation;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import dev.birthmark.identity.server.config.StatusSettings;
import dev.birthmark.identity.server.store.SqlRegistryStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The thread that keeps this replica up to date, from before its ports open until it ends. */
@Singleton
public class StatusKeeper {

  private static final Logger LOG = Logger.getLogger(StatusKeeper.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final RegistryStore store;
  private final Replica replica;
  private final Consumers consumers;
  private final Feed feed;
  private final SitePeers peers;
  private final StatusSettings settings;
  private final DatabaseAddress database;
  private final String name;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("status").unstarted(this::run);
  private @Nullable Listen listen;
  private volatile Duration clockOffset = Duration.ZERO;
  private final ReentrantLock moving = new ReentrantLock();
  private final Condition moved = moving.newCondition();
  private boolean failing;
  private long everyMinute = System.nanoTime();
  private SortedMap<String, Position> acknowledged = Collections.emptySortedMap();

  StatusKeeper(
      RegistryStore store,
      Replica replica,
      Consumers consumers,
      Feed feed,
      SitePeers peers,
      StatusSettings settings,
      DatabaseAddress database,
      @ConfigProperty(name = "quarkus.http.ssl-port") int port) {
    this.store = store;
    this.replica = replica;
    this.consumers = consumers;
    this.feed = feed;
    this.peers = peers;
    this.settings = settings;
    this.database = database;
    this.name = settings.replicaName().orElseGet(() -> usualName(port));
  }

  private static String usualName(int port) {
    try {
      long mark = port == 0 ? ProcessHandle.current().pid() : port;
      String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
      return "replica:" + host + ":" + mark;
    } catch (UnknownHostException e) {
      return "replica:" + ProcessHandle.current().pid();
    }
  }

  /** Before the ports open: a device that connects at once finds what is known. */
  void start(@Observes @Priority(100) StartupEvent event) {
    if (!Installation.begin(store)) {
      LOG.error(
          "the database is not the one that was served from before: everything is denied as"
              + " status-recovering");
    }
    step();
    listen = new Listen(database::connect, SqlRegistryStore.CHANNEL, woken::release).start();
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    if (listen != null) {
      listen.close();
    }
    thread.interrupt();
  }

  /**
   * Takes over what was pushed into a log, if that has not happened yet, so that whoever pushed it
   * can be told that its devices are known here. Says nothing if the database cannot be read: the
   * next poll makes up for it.
   */
  public synchronized void takeOver(LogId log, long size) {
    if (replica.view().size(log) < size) {
      attempt();
    }
  }

  /**
   * Waits until this replica has applied more of a tenant's feed than up to a position.
   *
   * @return whether it has; false when the time is over
   */
  public boolean awaitBeyond(String tenant, Position position, Duration most)
      throws InterruptedException {
    long left = most.toNanos();
    moving.lock();
    try {
      while (position.reaches(replica.view().position(tenant))) {
        if (left <= 0) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } finally {
      moving.unlock();
    }
  }

  /** The database's clock less this one's, as of the last poll. */
  Duration clockOffset() {
    return clockOffset;
  }

  private void run() {
    try {
      while (true) {
        if (woken.tryAcquire(settings.poll().toNanos(), TimeUnit.NANOSECONDS)) {
          woken.drainPermits(); // one poll answers all that woke us before it
        }
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the service ends
    }
  }

  private synchronized void attempt() {
    try {
      step();
      if (failing) {
        LOG.info("the status is followed again");
      }
      failing = false;
    } catch (StoreUnavailableException | CommitOutcomeUnknownException e) {
      if (!failing) {
        LOG.warnf("the status cannot be followed and ages: %s", e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      LOG.error("following the status met an error of its own", e);
    }
  }

  private void tellFollowers() {
    moving.lock();
    try {
      moved.signalAll();
    } finally {
      moving.unlock();
    }
  }

  private void step() {
    Replica.Polled polled = replica.poll();
    clockOffset = polled.clockOffset();
    tellFollowers();
    peers.refresh();
    if (replica.view().isRecovering()) {
      return; // nothing is signed or written into a database that was put back
    }
    long now = System.nanoTime();
    boolean minute = now - everyMinute > MINUTE_NANOS;
    if (minute || !polled.positions().equals(acknowledged)) {
      consumers.replicaApplied(name, polled.positions());
      acknowledged = polled.positions();
    }
    if (minute) {
      everyMinute = now;
      polled.positions().keySet().forEach(tenant -> feed.renew(store, tenant));
    }
  }
}
