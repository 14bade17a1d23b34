package dev.birthmark.edge.listener;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What the main HTTPS listener adds to the framework's settings. */
@Singleton
public class TlsListener implements HttpServerOptionsCustomizer {

  private static final Logger LOG = Logger.getLogger(TlsListener.class);

  /**
   * {@code auto}: BoringSSL where its native library is on the class path; {@code jsse}: the JDK's
   * engine.
   */
  private final String engine;

  TlsListener(@ConfigProperty(name = "birthmark.tls.engine", defaultValue = "auto") String engine) {
    this.engine = engine;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    options.setHandle100ContinueAutomatically(
        true); // small clients wait for it before they send the body
    if (options.getClientAuth() == ClientAuth.REQUEST) {
      options.setTrustOptions(TrustOptions.wrap(new PossessionTrustManager()));
    }
    boolean boring = !engine.equals("jsse") && OpenSSLEngineOptions.isAvailable();
    if (boring) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    LOG.infof("TLS of the main listener by %s", boring ? "BoringSSL" : "the JDK");
  }
}
