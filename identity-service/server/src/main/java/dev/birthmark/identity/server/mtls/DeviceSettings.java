package dev.birthmark.identity.server.mtls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the device port. */
@ConfigMapping(prefix = "birthmark.device")
public interface DeviceSettings {
  /** The address to listen on. */
  @WithDefault("0.0.0.0")
  String host();

  /** The TCP port; 0 takes a free one. */
  @WithDefault("8444")
  int port();

  /**
   * The address by which devices reach this port, for the metadata; {@code https://{host}:{port}}
   * if absent.
   */
  Optional<URI> url();

  /**
   * The TLS library; {@code auto} takes BoringSSL where its native part is there, else the JDK's.
   */
  @WithDefault("auto")
  TlsEngine.Choice engine();

  /** PEM file of the server's certificate chain, leaf first. */
  @WithDefault("${birthmark.tls.certificate}")
  Path certificate();

  /** PEM file (PKCS#8) of the server's key; P-256 makes the cheapest handshake. */
  @WithDefault("${birthmark.tls.key}")
  Path key();

  /** How many event loops share the port; one per processor if absent. */
  OptionalInt instances();

  /** How long a TLS handshake may take before the connection is cut. */
  @WithDefault("PT10S")
  Duration handshakeTimeout();

  /** How long a connection may go without a completed request before it is cut. */
  @WithDefault("PT60S")
  Duration idleTimeout();

  /** How long a begun request may take, its answer included, before the connection is cut. */
  @WithDefault("PT10S")
  Duration requestTimeout();

  /** The largest request body in octets; above it the answer is 413. */
  @WithDefault("65536")
  int maxBody();

  /** The most octets of all header fields of a request together; above it the answer is 431. */
  @WithDefault("8192")
  int maxHeaders();

  /** The most connections at a time in this process; above it new handshakes are refused. */
  @WithDefault("20000")
  int maxConnections();
}
