package dev.birthmark.enrollment.request;

import dev.birthmark.credential.pkix.Sha256;

/**
 * The keys for which no certificate is made. Implementations are safe for use by several threads.
 */
public interface BlockedKeys {
  /**
   * Whether the key with this SHA-256 of its SubjectPublicKeyInfo is blocked; answers from memory.
   */
  boolean contains(Sha256 key);

  /**
   * Blocks a key for good: somebody sent its private half. Durable on return; blocking it again
   * changes nothing.
   */
  void block(Sha256 key);
}
