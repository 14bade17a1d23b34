package dev.birthmark.identity.server.config;

import dev.birthmark.credential.pkix.Providers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** The clock and the cryptographic providers of this process, as beans. */
@Singleton
class Platform {
  private static final Logger LOG = Logger.getLogger(Platform.class);

  @Produces
  @Singleton
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Providers providers() {
    Providers providers = Providers.detect();
    LOG.info(providers);
    return providers;
  }
}
