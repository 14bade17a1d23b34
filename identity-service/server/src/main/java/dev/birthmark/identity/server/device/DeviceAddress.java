package dev.birthmark.identity.server.device;

import java.net.URI;

/** Where devices reach the device port. */
public interface DeviceAddress {
  /** The base URL without a slash at its end; known once the port listens. */
  URI url();
}
