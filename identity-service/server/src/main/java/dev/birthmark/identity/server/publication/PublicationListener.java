package dev.birthmark.identity.server.publication;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** The socket of the plain-HTTP listener. */
final class PublicationListener {
  private static final int MAX_BODY_CHUNK = 8 * 1024;

  private final HttpServer server;
  private final PublicationSettings settings;

  PublicationListener(Vertx vertx, PublicationSettings settings, IssuerCertificates issuers) {
    this.settings = settings;
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(settings.host())
                    .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setMaxInitialLineLength(4096)
                    .setMaxHeaderSize(8192)
                    .setMaxChunkSize(MAX_BODY_CHUNK))
            .requestHandler(new PublicationHandler(settings, issuers));
  }

  /** Listens on the port of the settings; completes with the real one. */
  Future<Integer> start() {
    return start(settings.port());
  }

  Future<Integer> start(int port) {
    return server.listen(port).map(HttpServer::actualPort);
  }

  Future<Void> stop() {
    return server.close();
  }
}
