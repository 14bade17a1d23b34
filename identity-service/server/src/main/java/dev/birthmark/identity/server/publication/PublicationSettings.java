package dev.birthmark.identity.server.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the plain-HTTP listener. */
@ConfigMapping(prefix = "birthmark.publication")
public interface PublicationSettings {
  /** The address to listen on. */
  @WithDefault("0.0.0.0")
  String host();

  /** The TCP port; 0 takes a free one. */
  @WithDefault("8480")
  int port();

  /** How long a connection may be silent before it is cut. */
  @WithDefault("PT20S")
  Duration idleTimeout();

  /** What {@code Retry-After} says where nothing is published yet. */
  @WithDefault("PT1H")
  Duration retryAfter();

  /** For how long an issuer's certificate may be kept by caches. */
  @WithDefault("PT24H")
  Duration issuerMaxAge();
}
