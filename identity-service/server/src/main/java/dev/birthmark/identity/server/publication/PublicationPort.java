package dev.birthmark.identity.server.publication;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.edge.life.PortFile;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.authentication.TrustAnchors;
import dev.birthmark.identity.registry.Site;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The plain-HTTP listener in the life of the service. */
@ApplicationScoped
class PublicationPort {
  private static final Logger LOG = Logger.getLogger(PublicationPort.class);
  private static final long START_AND_STOP_SECONDS = 20;

  private final Vertx vertx;
  private final PublicationSettings settings;
  private final Replica replica;
  private final PortFile ports;
  private @Nullable PublicationListener listener;

  PublicationPort(Vertx vertx, PublicationSettings settings, Replica replica, PortFile ports) {
    this.vertx = vertx;
    this.settings = settings;
    this.replica = replica;
    this.ports = ports;
  }

  void start(@Observes StartupEvent event) {
    var opened = new PublicationListener(vertx, settings, issuers(replica));
    int port = await(opened.start());
    listener = opened;
    LOG.infof("publication: port %d, plain HTTP", port);
    ports.add("publication", port);
  }

  void stop(@Observes ShutdownEvent event) {
    if (listener != null) {
      await(listener.stop());
    }
  }

  /** By the hash of the key, as certificates name it; never by what an issuer says of itself. */
  private static IssuerCertificates issuers(Replica replica) {
    return identifier ->
        replica.anchors().all().stream()
            .map(TrustAnchors.Anchor::certificate)
            .filter(issuer -> hex(Site.keyIdentifier(issuer)).equals(identifier))
            .map(IssuerCertificate::der)
            .findFirst();
  }

  private static String hex(Octets octets) {
    return HexFormat.of().formatHex(octets.bytes());
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(START_AND_STOP_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
