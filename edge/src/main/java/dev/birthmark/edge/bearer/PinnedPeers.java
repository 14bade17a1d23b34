package dev.birthmark.edge.bearer;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A bean of a service that knows some peers by the key in their client certificate. Asked on every
 * request that has a client certificate and no bearer token, on the event loop: it answers from
 * memory.
 */
public interface PinnedPeers {

  /**
   * Who holds this certificate's key, or empty if it is nobody's. The handshake proved possession
   * and no more.
   */
  Optional<Caller> holder(X509Certificate certificate);
}
