package dev.birthmark.identity.server.device;

import io.vertx.ext.web.RoutingContext;

/** What a route on the device port knows of who asks. */
public final class DeviceRequest {
  private static final String DEVICE = "birthmark.device";

  private DeviceRequest() {}

  /** The device on whose connection the request came, its status checked for this very request. */
  public static ConnectedDevice device(RoutingContext context) {
    ConnectedDevice device = context.get(DEVICE);
    if (device == null) {
      throw new IllegalStateException("a route before the check of the credential");
    }
    return device;
  }

  /** For the device port, after its check. */
  public static void admit(RoutingContext context, ConnectedDevice device) {
    context.put(DEVICE, device);
  }
}
