package dev.birthmark.enrollment.server.uplink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** How the site speaks with the identity service. */
@ConfigMapping(prefix = "birthmark")
public interface UplinkSettings {
  /** The identity service. */
  Identity identity();

  /** Enrolling. */
  Enrollment enrollment();

  /** Where the identity service is. */
  interface Identity {
    /** The address of its API, {@code https://host:port}. */
    URI url();
  }

  /** What an enrollment waits for. */
  interface Enrollment {
    /**
     * How long an enrollment's answer waits for the identity service to take over its entry; zero
     * on lines without an uplink.
     */
    @WithDefault("PT0.25S")
    Duration awaitRegistration();
  }
}
