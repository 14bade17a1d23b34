package dev.birthmark.identity.server.mtls;

import java.util.List;

/**
 * Verifies what a device presents in a TLS handshake. Memory and arithmetic only: runs on event
 * loops.
 */
@FunctionalInterface
interface DeviceAuthentication {
  /**
   * Reads and verifies a chain of DER certificates, leaf first, whatever it holds: a malformed one
   * becomes a credential that is refused. Proof that the peer has the key is the handshake's part.
   */
  PresentedCredential present(List<byte[]> chain);
}
