package dev.birthmark.identity.server.config;

import dev.birthmark.credential.pkix.Providers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
  Providers providers(
      @ConfigProperty(name = "birthmark.crypto.native", defaultValue = "true") boolean nativeToo) {
    Providers providers = nativeToo ? Providers.detect() : Providers.withoutNative();
    LOG.info(providers);
    return providers;
  }
}
