package dev.birthmark.identity.server.device;

import io.vertx.ext.web.Router;

/**
 * Routes on the device port's own router. Their handlers run on event loops and do not block;
 * before them the connection's credential has been checked ({@link DeviceRequest#device}) and the
 * body read, within {@code birthmark.device.max-body}. A failure handler of a route may answer a
 * {@link DeviceRefusedException} in the form of its own protocol.
 */
public interface DeviceRoutes {
  /** Adds the routes; called once per event loop. */
  void mount(Router router);
}
