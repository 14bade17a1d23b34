package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an append made of a log: the new edge, the hashes to store, and, without reading anything,
 * the proofs of every appended leaf. (The sibling left of a new leaf's path is either new itself or
 * a whole peak of the edge before, since its parent was not complete.) Keeps some 64 octets for
 * each appended leaf; belongs to one thread.
 */
public final class Growth extends SubtreeHashes {
  /** A tile is 2^8 hashes wide. */
  private static final int TILE_HEIGHT = 8;

  private final RightEdge before;
  private final RightEdge after;

  /** By height: the complete subtrees from {@code first(height)} on. */
  private final List<byte[]> rows;

  private Growth(RightEdge before, RightEdge after, List<byte[]> rows) {
    this.before = before;
    this.after = after;
    this.rows = rows;
  }

  static Growth of(RightEdge before, byte[] leaves) {
    if (leaves.length % Sha256.LENGTH != 0) {
      throw new IllegalArgumentException("leaf hashes have 32 octets each");
    }
    long size = before.size() + leaves.length / Sha256.LENGTH;
    if (size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log has at most 2^32 entries");
    }
    TreeHasher hasher = new TreeHasher();
    List<byte[]> rows = new ArrayList<>();
    byte[] fresh = leaves;
    for (int height = 0; size >>> height > 0; height++) {
      byte[] row = withPeak(before, height, fresh);
      rows.add(row);
      fresh = new byte[row.length / (2 * Sha256.LENGTH) * Sha256.LENGTH];
      for (int to = 0; to < fresh.length; to += Sha256.LENGTH) {
        hasher.node(row, 2 * to, fresh, to);
      }
    }
    byte[] peaks = new byte[Long.bitCount(size) * Sha256.LENGTH];
    int at = 0;
    for (int height = rows.size() - 1; height >= 0; height--) {
      if (((size >>> height) & 1) != 0) {
        byte[] row = rows.get(height);
        // A complete subtree without a sibling is the last of its row.
        System.arraycopy(row, row.length - Sha256.LENGTH, peaks, at, Sha256.LENGTH);
        at += Sha256.LENGTH;
      }
    }
    return new Growth(before, new RightEdge(size, peaks), rows);
  }

  /** The peak that the edge has at this height, if it has one, and what is new after it. */
  private static byte[] withPeak(RightEdge edge, int height, byte[] fresh) {
    if (((edge.size() >>> height) & 1) == 0) {
      return fresh;
    }
    byte[] row = new byte[Sha256.LENGTH + fresh.length];
    System.arraycopy(edge.peaks(), edge.offset(height), row, 0, Sha256.LENGTH);
    System.arraycopy(fresh, 0, row, Sha256.LENGTH, fresh.length);
    return row;
  }

  /** The edge that was appended to. */
  public RightEdge before() {
    return before;
  }

  /** The edge with the appended leaves. */
  public RightEdge after() {
    return after;
  }

  /** The hashes that became complete at tile levels 1 and above: to be stored, each for ever. */
  public List<StoredNode> nodes() {
    List<StoredNode> nodes = new ArrayList<>();
    for (int height = TILE_HEIGHT; height < rows.size(); height += TILE_HEIGHT) {
      long end = after.size() >>> height;
      for (long index = before.size() >>> height; index < end; index++) {
        nodes.add(new StoredNode(height / TILE_HEIGHT, index, node(height, index)));
      }
    }
    return nodes;
  }

  /** The proof that an appended leaf is in the tree with all of them. */
  public InclusionProof inclusion(long index) {
    if (index < before.size()) {
      throw new IllegalArgumentException("leaf " + index + " was there before");
    }
    return inclusion(index, after.size());
  }

  /** The hash of an appended leaf. */
  public Sha256 leaf(long index) {
    return node(0, index);
  }

  @Override
  Sha256 node(int height, long index) {
    long first = (before.size() >>> height) & ~1L;
    byte[] row = rows.get(height);
    int at = Math.toIntExact((index - first) * Sha256.LENGTH);
    return new Sha256(Arrays.copyOfRange(row, at, at + Sha256.LENGTH));
  }
}
