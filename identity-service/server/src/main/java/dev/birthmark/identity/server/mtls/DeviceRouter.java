package dev.birthmark.identity.server.mtls;

import dev.birthmark.identity.server.device.ConnectedDevice;
import dev.birthmark.identity.server.device.DeviceRefusedException;
import dev.birthmark.identity.server.device.DeviceRequest;
import dev.birthmark.identity.server.device.DeviceRoutes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The device port's router: first the credential of the connection, with its status as it is now,
 * because a resumed TLS session skips the trust manager and a long-lived connection outlives its
 * handshake; then the routes; at last, what none of them answered.
 */
final class DeviceRouter {
  private static final Logger LOG = Logger.getLogger(DeviceRouter.class);

  private final DeviceConnections connections;
  private final DeviceSettings settings;

  DeviceRouter(DeviceConnections connections, DeviceSettings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  Router build(Vertx vertx, List<DeviceRoutes> routes) {
    Router router = Router.router(vertx);
    router.route().handler(this::check);
    router.route().handler(BodyHandler.create(false).setBodyLimit(settings.maxBody()));
    for (DeviceRoutes some : routes) {
      some.mount(router);
    }
    router.route().handler(context -> context.fail(404));
    router.route().failureHandler(this::failed);
    return router;
  }

  private void check(RoutingContext context) {
    DeviceConnection connection = connections.of(context.request().connection());
    if (connection == null) {
      context.request().connection().close();
      return;
    }
    connection.deadline(System.nanoTime() + settings.requestTimeout().toNanos());
    context.addEndHandler(ended -> ended(context, connection));
    DeviceAnswers.identify(context);
    switch (connection.credential().now()) {
      case Admission.Admitted(ConnectedDevice device) -> {
        DeviceRequest.admit(context, device);
        context.next();
      }
      case Admission.Refused refusal -> context.fail(refusal.exception());
    }
  }

  private void ended(RoutingContext context, DeviceConnection connection) {
    if (context.failure() instanceof DeviceRefusedException refused && !refused.isRetryable()) {
      connection.hangUp();
    } else {
      connection.deadline(System.nanoTime() + settings.idleTimeout().toNanos());
    }
  }

  private void failed(RoutingContext context) {
    @Nullable Throwable failure = context.failure();
    if (failure instanceof DeviceRefusedException refused) {
      DeviceAnswers.answer(context, DeviceAnswers.problem(refused));
      return;
    }
    if (context.statusCode() >= 500) {
      LOG.errorf(
          failure, "request %s of a device met an internal error", DeviceAnswers.id(context));
    }
    DeviceAnswers.answer(context, DeviceAnswers.problem(context.statusCode()));
  }
}
