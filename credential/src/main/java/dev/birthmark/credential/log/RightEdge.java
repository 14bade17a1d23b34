package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.pkix.Sha256;
import java.util.Arrays;
import java.util.List;

/**
 * All that is needed of a log to append to it: its size and the hashes of the complete subtrees
 * that its leaves divide into, largest first, one for each bit of the size. At most 33 hashes;
 * stored in the row of the log's head. Immutable.
 */
public final class RightEdge {
  private static final RightEdge EMPTY = new RightEdge(0, new byte[0]);

  private final long size;
  private final byte[] peaks;

  RightEdge(long size, byte[] peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /** The edge of a log without entries. */
  public static RightEdge empty() {
    return EMPTY;
  }

  /** Reads what {@link #encode()} wrote beside the size. */
  public static RightEdge decode(long size, byte[] peaks) throws MalformedException {
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new MalformedException("right edge", "a log's size lies in 0..2^32");
    }
    if (peaks.length != Long.bitCount(size) * Sha256.LENGTH) {
      throw new MalformedException("right edge", "not one hash for each bit of the size");
    }
    return new RightEdge(size, peaks.clone());
  }

  /** The hashes, one after the other, largest subtree first: 0..1,056 octets. */
  public byte[] encode() {
    return peaks.clone();
  }

  /** Leaves in the log, 0..2^32. */
  public long size() {
    return size;
  }

  /** The RFC 6962 root. */
  public Sha256 root() {
    if (size == 0) {
      return MerkleTree.EMPTY_ROOT;
    }
    TreeHasher hasher = new TreeHasher();
    int last = peaks.length - Sha256.LENGTH;
    Sha256 root = hash(last);
    for (int at = last - Sha256.LENGTH; at >= 0; at -= Sha256.LENGTH) {
      root = hasher.node(hash(at), root);
    }
    return root;
  }

  /** Appends leaf hashes (not entries), in order. */
  public Growth append(List<Sha256> leafHashes) {
    byte[] hashes = new byte[leafHashes.size() * Sha256.LENGTH];
    int at = 0;
    for (Sha256 hash : leafHashes) {
      System.arraycopy(hash.bytes(), 0, hashes, at, Sha256.LENGTH);
      at += Sha256.LENGTH;
    }
    return append(hashes);
  }

  /** Appends leaf hashes that stand one after the other, 32 octets each. */
  public Growth append(byte[] leafHashes) {
    return Growth.of(this, leafHashes.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RightEdge that && size == that.size && Arrays.equals(peaks, that.peaks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(peaks);
  }

  /** Where in {@link #peaks} the subtree of this height stands; only if the size has its bit. */
  int offset(int height) {
    return Long.bitCount(size >>> (height + 1)) * Sha256.LENGTH;
  }

  byte[] peaks() {
    return peaks;
  }

  private Sha256 hash(int at) {
    return new Sha256(Arrays.copyOfRange(peaks, at, at + Sha256.LENGTH));
  }
}
