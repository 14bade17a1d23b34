package dev.birthmark.identity.server.mtls;

import dev.birthmark.identity.server.device.DeviceRoutes;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the device port: one server per event loop, all on one port and one TLS context,
 * so that a ticket of one is good at the others.
 */
final class DeviceListener {
  private static final Logger LOG = Logger.getLogger(DeviceListener.class);
  private static final Duration START_AND_STOP = Duration.ofSeconds(20);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int MAX_REQUEST_LINE = 2048;

  private final Vertx vertx;
  private final DeviceSettings settings;
  private final TlsEngine engine;
  private final DeviceConnections connections;
  private final DeviceTrustManager trust;
  private final List<DeviceRoutes> routes;
  private final AtomicInteger port = new AtomicInteger();
  private @Nullable String deployment;
  private long sweep;

  /**
   * @param routes what is served behind the check of the credential
   * @param refused is told the reason of every refused handshake
   */
  DeviceListener(
      Vertx vertx,
      DeviceSettings settings,
      DeviceAuthentication authentication,
      List<DeviceRoutes> routes,
      Consumer<String> refused) {
    this.vertx = vertx;
    this.settings = settings;
    this.routes = List.copyOf(routes);
    engine = TlsEngine.choose(settings.engine());
    connections = new DeviceConnections(settings.maxConnections());
    trust = new DeviceTrustManager(authentication, connections::isFull, refused);
  }

  /**
   * Listens when it returns.
   *
   * @throws IllegalStateException if it cannot
   */
  void start() {
    HttpServerOptions options = options();
    int instances = settings.instances().orElse(Runtime.getRuntime().availableProcessors());
    deployment =
        await(
            vertx.deployVerticle(
                () -> new Instance(options), new DeploymentOptions().setInstances(instances)));
    sweep = vertx.setPeriodic(SWEEP.toMillis(), id -> connections.cutOverdue(System.nanoTime()));
    LOG.infof("devices: port %d, %s, %d event loops", (Object) port(), engine, (Object) instances);
  }

  void stop() {
    vertx.cancelTimer(sweep);
    if (deployment != null) {
      await(vertx.undeploy(deployment));
    }
  }

  /** The port it really listens on. */
  int port() {
    return port.get();
  }

  TlsEngine engine() {
    return engine;
  }

  DeviceConnections connections() {
    return connections;
  }

  private HttpServerOptions options() {
    try {
      return new HttpServerOptions()
          .setHost(settings.host())
          // A negative number is one free port that all instances share.
          .setPort(settings.port() == 0 ? -1 : settings.port())
          .setSsl(true)
          .setSslEngineOptions(engine.options())
          .setKeyCertOptions(engine.key(vertx, settings.certificate(), settings.key()))
          .setTrustOptions(TrustOptions.wrap(trust))
          .setClientAuth(ClientAuth.REQUIRED)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
          .setUseAlpn(false)
          .setSslHandshakeTimeout(settings.handshakeTimeout().toMillis())
          .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
          .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
          .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
          .setMaxInitialLineLength(MAX_REQUEST_LINE)
          .setMaxHeaderSize(settings.maxHeaders())
          .setMaxFormAttributeSize(settings.maxHeaders())
          .setMaxFormFields(32)
          .setHandle100ContinueAutomatically(true);
    } catch (Exception e) {
      throw new IllegalStateException(
          "the device port's certificate and key cannot be read: birthmark.device.certificate="
              + settings.certificate(),
          e);
    }
  }

  /** One event loop's server. */
  private final class Instance extends AbstractVerticle {
    private final HttpServerOptions options;

    Instance(HttpServerOptions options) {
      this.options = options;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServer server = vertx.createHttpServer(options);
      server
          .connectionHandler(DeviceListener.this::connected)
          .invalidRequestHandler(UnreadableRequest::answer)
          .requestHandler(new DeviceRouter(connections, settings).build(vertx, routes))
          .listen()
          .onSuccess(listening -> port.set(listening.actualPort()))
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }

  /**
   * Takes a connection whose handshake is done. Whoever withdraws the credential either finds it
   * registered and closes it, or was earlier, which the check after registering sees. What does not
   * stand gets until the request deadline to ask once and be told why.
   */
  private void connected(HttpConnection http) {
    PresentedCredential presented;
    try {
      presented = trust.presented(http.sslSession());
    } catch (CertificateException e) {
      http.close();
      return;
    }
    if (presented.place() == null) {
      presented.now(); // after a resumption nobody has decided yet, so nobody knows its place
    }
    long now = System.nanoTime();
    DeviceConnection connection =
        new DeviceConnection(http, presented, now + settings.idleTimeout().toNanos());
    http.closeHandler(closed -> connections.remove(http));
    boolean full = connections.isFull();
    connections.add(http, connection);
    if (full) {
      connection.cut();
    } else if (connection.hasLostItsStanding()) {
      connection.deadline(now + settings.requestTimeout().toNanos());
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_AND_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the device port does not start or stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
