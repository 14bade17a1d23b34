package dev.birthmark.identity.server.mtls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Path;

/** The TLS library below the device port. */
public enum TlsEngine {
  /** BoringSSL through netty-tcnative: exact alerts, and several times the handshakes. */
  BORINGSSL {
    @Override
    SSLEngineOptions options() {
      return new OpenSSLEngineOptions();
    }

    /**
     * The key is handed to BoringSSL once; without the cache it is encoded again for every
     * handshake.
     */
    @Override
    KeyCertOptions key(Vertx vertx, Path certificate, Path key) throws Exception {
      return KeyCertOptions.wrap(
          new OpenSslCachingX509KeyManagerFactory(
              pem(certificate, key).getKeyManagerFactory(vertx)));
    }
  },
  /** The JDK's own: needs nothing native, and answers every refusal with certificate_unknown. */
  JSSE {
    @Override
    SSLEngineOptions options() {
      return new JdkSSLEngineOptions();
    }

    @Override
    KeyCertOptions key(Vertx vertx, Path certificate, Path key) {
      return pem(certificate, key);
    }
  };

  /** What an operator may ask for. */
  public enum Choice {
    /** BoringSSL where it is there, else the JDK's. */
    AUTO,
    /** BoringSSL, or do not start. */
    BORINGSSL,
    /** The JDK's. */
    JSSE
  }

  abstract SSLEngineOptions options();

  abstract KeyCertOptions key(Vertx vertx, Path certificate, Path key) throws Exception;

  /**
   * Makes the choice on this machine.
   *
   * @throws IllegalStateException if BoringSSL was demanded and its native part is not there
   */
  static TlsEngine choose(Choice choice) {
    return switch (choice) {
      case JSSE -> JSSE;
      case AUTO -> OpenSsl.isAvailable() ? BORINGSSL : JSSE;
      case BORINGSSL -> {
        if (!OpenSsl.isAvailable()) {
          throw new IllegalStateException(
              "birthmark.device.engine=boringssl, but its native part is not there; use auto",
              OpenSsl.unavailabilityCause());
        }
        yield BORINGSSL;
      }
    };
  }

  private static PemKeyCertOptions pem(Path certificate, Path key) {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }
}
