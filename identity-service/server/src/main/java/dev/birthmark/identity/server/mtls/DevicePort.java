package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.edge.life.PortFile;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Decider;
import dev.birthmark.identity.authentication.Moment;
import dev.birthmark.identity.authentication.Policy;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.server.device.DeviceAddress;
import dev.birthmark.identity.server.device.DeviceRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device port in the life of the service: opened when it starts, its port in the port file, its
 * refusals and connections among the metrics. Opened only where there is a decider and the status
 * it decides by.
 */
@ApplicationScoped
public class DevicePort implements DeviceAddress {
  private final Vertx vertx;
  private final DeviceSettings settings;
  private final Instance<Decider> decider;
  private final Instance<Replica> replica;
  private final Instance<Policy> policy;
  private final InstantSource clock;
  private final List<DeviceRoutes> routes;
  private final Providers providers;
  private final PortFile ports;
  private final MeterRegistry metrics;
  private volatile @Nullable DeviceListener listener;

  DevicePort(
      Vertx vertx,
      DeviceSettings settings,
      Instance<Decider> decider,
      Instance<Replica> replica,
      Instance<Policy> policy,
      InstantSource clock,
      @All List<DeviceRoutes> routes,
      Providers providers,
      PortFile ports,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.decider = decider;
    this.replica = replica;
    this.policy = policy;
    this.clock = clock;
    this.routes = new ArrayList<>(routes);
    this.routes.add(new MeRoute());
    this.providers = providers;
    this.ports = ports;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    if (decider.isUnsatisfied() || replica.isUnsatisfied() || policy.isUnsatisfied()) {
      return;
    }
    var opened =
        new DeviceListener(
            vertx,
            settings,
            authentication(decider.get(), replica.get(), policy.get()),
            routes,
            reason ->
                metrics
                    .counter("birthmark.device.handshakes.refused", "reason", reason)
                    .increment());
    if (opened.engine() == TlsEngine.JSSE) {
      // The JDK's engine takes its cryptography from the installed providers, in their order.
      Security.insertProviderAt(providers.provider(SignatureAlgorithm.ECDSA_SHA256), 1);
    }
    opened.start();
    metrics.gauge("birthmark.device.connections", opened.connections(), DeviceConnections::count);
    listener = opened;
    replica.get().addListener(members -> opened.connections().closeWithdrawn(members::contains));
    ports.add("device", opened.port());
  }

  void stop(@Observes ShutdownEvent event) {
    DeviceListener open = listener;
    if (open != null) {
      open.stop();
    }
  }

  private DeviceAuthentication authentication(Decider decider, Replica replica, Policy policy) {
    return new DecidedAuthentication(presented ->
        decider.decide(
            presented,
            ConnectionFacts.NONE,
            replica.anchors(),
            replica.view(),
            policy,
            new Moment(clock.instant(), System.nanoTime())));
  }

  @Override
  public URI url() {
    DeviceListener open = listener;
    int port = open == null ? settings.port() : open.port();
    return settings.url().orElseGet(() -> URI.create("https://" + settings.host() + ":" + port));
  }
}
