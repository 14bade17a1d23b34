package dev.birthmark.credential.feed;

import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.pkix.Sha256;

/**
 * How far a log had been ingested when a feed head was signed.
 *
 * @param size entries, 0..2^32
 * @param root the RFC 6962 root at that size
 */
public record LogHead(long size, Sha256 root) {
  /** Refuses a size that no log has. */
  public LogHead {
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log's size lies in 0..2^32: " + size);
    }
  }
}
