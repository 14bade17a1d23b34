package dev.birthmark.enrollment.server.uplink;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** Where the identity service is. */
@ConfigMapping(prefix = "birthmark.identity")
public interface UplinkSettings {
  /** The address of its API, {@code https://host:port}. */
  URI url();
}
