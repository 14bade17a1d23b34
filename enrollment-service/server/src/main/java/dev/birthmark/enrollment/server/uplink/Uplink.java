package dev.birthmark.enrollment.server.uplink;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.enrollment.issuance.LogSigner;
import dev.birthmark.enrollment.server.keystore.SiteClientTls;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import dev.birthmark.enrollment.server.store.SqlSiteStore;
import dev.birthmark.enrollment.site.ClockGuard;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.Standing;
import dev.birthmark.enrollment.uplink.FeedFollow;
import dev.birthmark.enrollment.uplink.FollowResult;
import dev.birthmark.enrollment.uplink.LogPush;
import dev.birthmark.enrollment.uplink.PushResult;
import dev.birthmark.enrollment.uplink.SiteLife;
import dev.birthmark.enrollment.uplink.UplinkRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Walks the uplink: waits for the identity bundle, pushes after every commit, follows the feed, and
 * goes on after whatever failed.
 */
@Singleton
public class Uplink {

  private static final Logger LOG = Logger.getLogger(Uplink.class);

  /** How often there is a look without a reason. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How long the end of the service waits for what is under way. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SqlSiteStore store;
  private final SiteFiles files;
  private final LogSigner logSigner;
  private final ClockGuard clockGuard;
  private final SignatureVerifier verifier;
  private final UplinkSettings settings;
  private final EnrollmentSettings enrollment;
  private final ObjectMapper mapper;
  private final Registrations registrations = new Registrations();
  private final Thread pushing = Thread.ofPlatform().daemon().name("pushing").unstarted(this::push);
  private final Thread following =
      Thread.ofPlatform().daemon().name("following").unstarted(this::follow);

  Uplink(
      SqlSiteStore store,
      SiteFiles files,
      LogSigner logSigner,
      ClockGuard clockGuard,
      SignatureVerifier verifier,
      UplinkSettings settings,
      EnrollmentSettings enrollment,
      ObjectMapper mapper,
      MeterRegistry metrics) {
    this.store = store;
    this.files = files;
    this.logSigner = logSigner;
    this.clockGuard = clockGuard;
    this.verifier = verifier;
    this.settings = settings;
    this.enrollment = enrollment;
    this.mapper = mapper;
    metrics.gauge("birthmark.registration.lag.entries", registrations, Registrations::behind);
    metrics.gauge(
        "birthmark.registration.lag.seconds",
        registrations,
        behind -> behind.behindFor().toNanos() / 1e9);
  }

  void start(@Observes StartupEvent event) {
    LogHead log =
        store.write(transaction -> {
          transaction
              .site()
              .found(
                  Standing.of(SiteState.UNREGISTERED),
                  logSigner.open(1, InstantSource.system().instant()));
          return transaction.site().head().orElseThrow().log();
        });
    registrations.issued(log.log(), log.size());
    pushing.start();
    following.start();
  }

  /** Everything up to this place was issued: there is something to push. */
  public void issued(Place last) {
    registrations.issued(last.log(), last.index() + 1);
  }

  /** Whether the identity service is known to have taken over this entry. */
  public boolean isRegistered(Place place) {
    return registrations.has(place);
  }

  /** Waits for that, as long as the settings say. */
  public boolean awaitRegistration(Place place) {
    return registrations.await(place, enrollment.awaitRegistration());
  }

  private void push() {
    Steady steady = new Steady("pushing the log");
    try {
      Peer peer = steady.await(LOOK, this::peer);
      LogPush push =
          new LogPush(store, peer.http(), peer.identity(), verifier, logSigner, clockGuard);
      SiteLife life =
          new SiteLife(
              store,
              peer.http(),
              peer.identity(),
              files.issuer(),
              verifier,
              logSigner,
              clockGuard,
              push);
      while (true) {
        if (!steady.attempt(() -> advance(life, push))) {
          registrations.awaitIssued(LOOK);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the service ends
    }
  }

  /** One step of the site's life and one push; whether the next one is worth taking at once. */
  private boolean advance(SiteLife life, LogPush push) {
    if (life.step().state() != SiteState.OPEN) {
      return false;
    }
    return switch (push.push()) {
      case PushResult.Pushed(var registered) -> {
        registrations.registered(registered);
        yield true;
      }
      case PushResult.UpToDate(var registered) -> {
        registrations.registered(registered);
        yield false;
      }
      case PushResult.Refused(var reason, var detail) ->
          throw new UplinkRefusedException(reason, detail);
      case PushResult.StandingChanged() -> {
        LOG.error("the site issues nothing any more; GET /v1/site says why");
        yield false;
      }
      case PushResult.NotNow() -> false;
    };
  }

  private void follow() {
    Steady steady = new Steady("following the status feed");
    try {
      Peer peer = steady.await(LOOK, this::peer);
      FeedFollow follow =
          new FeedFollow(
              store,
              peer.http(),
              peer.identity(),
              verifier,
              "site:" + peer.identity().site(),
              InstantSource.system());
      while (true) {
        if (!steady.attempt(() -> moved(follow.follow()))) {
          Thread.sleep(LOOK); // the feed is polled; there is no condition to wait for
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the service ends
    }
  }

  private static boolean moved(FollowResult result) {
    return switch (result) {
      case FollowResult.Followed(var changes, var _) -> changes > 0;
      case FollowResult.Refused(var detail) ->
          throw new UplinkRefusedException("the feed is not what it should be", detail);
    };
  }

  /** The identity service, once the administrator has put its bundle into the site's folder. */
  private Optional<Peer> peer() {
    return files
        .identityBundle()
        .map(identity ->
            new Peer(
                identity,
                new HttpUplink(settings.url(), SiteClientTls.context(files, identity), mapper)));
  }

  private record Peer(IdentityBundle identity, HttpUplink http) {}

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    for (Thread thread : List.of(pushing, following)) {
      thread.interrupt();
    }
    for (Thread thread : List.of(pushing, following)) {
      thread.join(FAREWELL);
    }
  }
}
