package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.edge.life.PortFile;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.server.deciding.Decisions;
import dev.birthmark.identity.server.device.DeviceAddress;
import dev.birthmark.identity.server.device.DeviceRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device port in the life of the service: opened when it starts, its port in the port file, its
 * refusals and connections among the metrics.
 */
@ApplicationScoped
public class DevicePort implements DeviceAddress {
  private final Vertx vertx;
  private final DeviceSettings settings;
  private final Decisions decisions;
  private final Replica replica;
  private final List<DeviceRoutes> routes;
  private final Providers providers;
  private final PortFile ports;
  private final MeterRegistry metrics;
  private volatile @Nullable DeviceListener listener;

  DevicePort(
      Vertx vertx,
      DeviceSettings settings,
      Decisions decisions,
      Replica replica,
      @All List<DeviceRoutes> routes,
      Providers providers,
      PortFile ports,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.decisions = decisions;
    this.replica = replica;
    this.routes = new ArrayList<>(routes);
    this.routes.add(new MeRoute());
    this.providers = providers;
    this.ports = ports;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    var opened =
        new DeviceListener(
            vertx,
            settings,
            new DecidedAuthentication(
                presented -> decisions.decide(presented, ConnectionFacts.NONE)),
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
    replica.addListener(members -> opened.connections().closeWithdrawn(members::contains));
    ports.add("device", opened.port());
  }

  void stop(@Observes ShutdownEvent event) {
    DeviceListener open = listener;
    if (open != null) {
      open.stop();
    }
  }

  @Override
  public URI url() {
    DeviceListener open = listener;
    int port = open == null ? settings.port() : open.port();
    return settings.url().orElseGet(() -> URI.create("https://" + settings.host() + ":" + port));
  }
}
