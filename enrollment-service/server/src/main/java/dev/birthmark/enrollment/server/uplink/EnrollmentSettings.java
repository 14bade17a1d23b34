package dev.birthmark.enrollment.server.uplink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an enrollment waits for. */
@ConfigMapping(prefix = "birthmark.enrollment")
public interface EnrollmentSettings {
  /**
   * How long an enrollment's answer waits for the identity service to take over its entry; zero on
   * lines without an uplink.
   */
  @WithDefault("PT0.25S")
  Duration awaitRegistration();
}
