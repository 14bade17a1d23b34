package dev.birthmark.identity.server.mtls;

import dev.birthmark.identity.server.device.ConnectedDevice;
import dev.birthmark.identity.server.device.DeviceRequest;
import dev.birthmark.identity.server.device.DeviceRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code GET /me}: tells a device what the platform knows of it and that it is in good standing.
 */
final class MeRoute implements DeviceRoutes {
  @Override
  public void mount(Router router) {
    router.get("/me").handler(MeRoute::answer);
  }

  private static void answer(RoutingContext context) {
    ConnectedDevice device = DeviceRequest.device(context);
    JsonObject credential =
        new JsonObject()
            .put("serial", device.serial())
            .put("fingerprint", device.fingerprint().hex())
            .put("notAfter", device.notAfter().toString())
            .put(
                "log",
                new JsonObject()
                    .put("id", device.place().log().hex())
                    .put("index", device.place().index()));
    JsonObject body =
        new JsonObject()
            .put("id", device.id())
            .put("tenant", device.tenant())
            .put("site", device.site())
            .put("model", device.model())
            .put("hardwareRevision", device.hardwareRevision())
            .put("lot", device.lot())
            .put("order", device.order())
            .put("credential", credential)
            .put("status", "good")
            .put("statusAsOf", device.statusAsOf().toString());
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }
}
