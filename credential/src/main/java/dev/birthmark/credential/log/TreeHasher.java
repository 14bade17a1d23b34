package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * One digest, used again for many hashes: what keeps a bulk append at the speed of SHA-256. Belongs
 * to one thread.
 */
final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest = Sha256.digest();
  private final byte[] pair = new byte[1 + 2 * Sha256.LENGTH];

  TreeHasher() {
    pair[0] = NODE;
  }

  Sha256 leaf(byte[] entry) {
    digest.update(LEAF);
    digest.update(entry);
    return new Sha256(digest.digest());
  }

  Sha256 node(Sha256 left, Sha256 right) {
    System.arraycopy(left.bytes(), 0, pair, 1, Sha256.LENGTH);
    System.arraycopy(right.bytes(), 0, pair, 1 + Sha256.LENGTH, Sha256.LENGTH);
    digest.update(pair);
    return new Sha256(digest.digest());
  }

  /** Hashes the two hashes that stand one after the other at {@code from} into {@code target}. */
  void node(byte[] hashes, int from, byte[] target, int to) {
    System.arraycopy(hashes, from, pair, 1, 2 * Sha256.LENGTH);
    digest.update(pair);
    try {
      digest.digest(target, to, Sha256.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("32 octets of room were given", e);
    }
  }
}
