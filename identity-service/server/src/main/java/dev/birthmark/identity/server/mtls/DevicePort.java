package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.edge.life.PortFile;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device port in the life of the service: opened when it starts, its port in the port file, its
 * refusals and connections among the metrics. Opened only where something authenticates devices.
 */
@ApplicationScoped
public class DevicePort implements DeviceAddress {
  private final Vertx vertx;
  private final DeviceSettings settings;
  private final Instance<DeviceAuthentication> authentication;
  private final List<DeviceRoutes> routes;
  private final Providers providers;
  private final PortFile ports;
  private final MeterRegistry metrics;
  private volatile @Nullable DeviceListener listener;

  DevicePort(
      Vertx vertx,
      DeviceSettings settings,
      Instance<DeviceAuthentication> authentication,
      @All List<DeviceRoutes> routes,
      Providers providers,
      PortFile ports,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.authentication = authentication;
    this.routes = new ArrayList<>(routes);
    this.routes.add(new MeRoute());
    this.providers = providers;
    this.ports = ports;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    if (authentication.isUnsatisfied()) {
      return;
    }
    var opened =
        new DeviceListener(
            vertx,
            settings,
            authentication.get(),
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
    ports.add("device", opened.port());
  }

  void stop(@Observes ShutdownEvent event) {
    DeviceListener open = listener;
    if (open != null) {
      open.stop();
    }
  }

  /**
   * To be called when status has changed, after the change is in memory: closes the connections of
   * credentials that have lost their standing, and returns how many. Asks the decider once per live
   * connection, whatever the size of the change.
   */
  public int closeWithdrawn() {
    DeviceListener open = listener;
    return open == null ? 0 : open.connections().closeWithdrawn();
  }

  @Override
  public URI url() {
    DeviceListener open = listener;
    int port = open == null ? settings.port() : open.port();
    return settings.url().orElseGet(() -> URI.create("https://" + settings.host() + ":" + port));
  }
}
