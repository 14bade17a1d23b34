package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;

/** The hashes of RFC 6962 §2.1: a leaf is H(0x00 ‖ entry), a node is H(0x01 ‖ left ‖ right). */
public final class MerkleTree {
  /** The largest log: every index fits 32 bits. */
  public static final long MAX_SIZE = 1L << 32;

  /** The root of a tree without leaves: the hash of nothing. */
  public static final Sha256 EMPTY_ROOT = Sha256.of(new byte[0]);

  private MerkleTree() {}

  /** The hash of one entry. */
  public static Sha256 leafHash(byte[] entry) {
    return new TreeHasher().leaf(entry);
  }

  /** The hash over two subtrees. */
  public static Sha256 nodeHash(Sha256 left, Sha256 right) {
    return new TreeHasher().node(left, right);
  }
}
