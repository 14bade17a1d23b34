package dev.birthmark.identity.server.deciding;

import dev.birthmark.credential.log.Place;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Decider;
import dev.birthmark.identity.authentication.Decision;
import dev.birthmark.identity.authentication.DenyReason;
import dev.birthmark.identity.authentication.Moment;
import dev.birthmark.identity.authentication.Policy;
import dev.birthmark.identity.authentication.Presented;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.authentication.TrustAnchors;
import dev.birthmark.identity.registry.Alarms;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Decides by what this replica has in memory, and sees to it that a certificate from outside the
 * log raises its alarm, without the answer waiting for that. Never blocks.
 */
@Singleton
public class Decisions {

  private static final String DECISIONS = "birthmark.decisions";
  private static final Logger LOG = Logger.getLogger(Decisions.class);

  /** Places whose alarm was raised lately: a flood of one certificate asks the database once. */
  private static final int REMEMBERED_ALARMS = 10_000;

  private final Decider decider;
  private final Replica replica;
  private final Policy policy;
  private final InstantSource clock;
  private final Alarms alarms;
  private final Counter allowed;
  private final EnumMap<DenyReason, Counter> denied = new EnumMap<>(DenyReason.class);
  private final Set<Place> alarmed =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Place, Boolean> eldest) {
                  return size() > REMEMBERED_ALARMS;
                }
              }));
  private volatile Limited limited = new Limited(TrustAnchors.NONE, new ConcurrentHashMap<>());
  private final ExecutorService raising =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("alarms").factory());

  Decisions(
      Decider decider,
      Replica replica,
      Policy policy,
      InstantSource clock,
      Alarms alarms,
      MeterRegistry metrics) {
    this.decider = decider;
    this.replica = replica;
    this.policy = policy;
    this.clock = clock;
    this.alarms = alarms;
    this.allowed = metrics.counter(DECISIONS, "decision", "allow", "reason", "");
    for (DenyReason reason : DenyReason.values()) {
      denied.put(reason, metrics.counter(DECISIONS, "decision", "deny", "reason", reason.text()));
    }
  }

  /** For a relying party of one tenant, who learns nothing of other tenants' devices. */
  public Decision decide(String tenant, Presented presented, ConnectionFacts connection) {
    return decide(presented, connection, anchorsOf(tenant));
  }

  /** For the device port, where devices of every tenant connect. */
  public Decision decide(Presented presented, ConnectionFacts connection) {
    return decide(presented, connection, replica.anchors());
  }

  private TrustAnchors anchorsOf(String tenant) {
    TrustAnchors all = replica.anchors();
    Limited known = limited;
    if (known.all() != all) {
      known = new Limited(all, new ConcurrentHashMap<>());
      limited = known;
    }
    return known.byTenant().computeIfAbsent(tenant, all::of);
  }

  /**
   * The anchors of each tenant that asked, until the anchors change: not made for each question.
   */
  private record Limited(TrustAnchors all, ConcurrentMap<String, TrustAnchors> byTenant) {}

  private Decision decide(Presented presented, ConnectionFacts connection, TrustAnchors anchors) {
    Decision decision =
        decider.decide(
            presented,
            connection,
            anchors,
            replica.view(),
            policy,
            new Moment(clock.instant(), System.nanoTime()));
    switch (decision) {
      case Decision.Allow _ -> allowed.increment();
      case Decision.Deny deny -> {
        Objects.requireNonNull(denied.get(deny.reason())).increment();
        if (deny.reason() == DenyReason.LOG_MISMATCH) {
          deny.basis().place().filter(alarmed::add).ifPresent(this::raise);
        }
      }
    }
    return decision;
  }

  private void raise(Place place) {
    raising.execute(() -> {
      try {
        alarms.mismatch(place);
      } catch (StoreUnavailableException | CommitOutcomeUnknownException e) {
        alarmed.remove(place); // the next one who presents it raises it
        LOG.warnf("the alarm of %s could not be raised: %s", place, e.getMessage());
      }
    });
  }

  @PreDestroy
  void stop() {
    raising.shutdown();
  }
}
