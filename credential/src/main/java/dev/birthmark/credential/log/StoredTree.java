package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A log at one size, read from what is stored: any tile, and the proof of any leaf or of any
 * earlier size. Hashes between the stored levels are computed; a proof reads each tile that it
 * touches once, at most two a level (8 kB each), whatever the size. Made for one answer, used by
 * one thread.
 */
public final class StoredTree extends SubtreeHashes {
  private static final int TILE_HEIGHT = 8;

  private final NodeReader reader;
  private final long size;
  private final TreeHasher hasher = new TreeHasher();
  private final Map<TilePath.Hashes, byte[]> tiles = new HashMap<>();

  /** The tree over the first {@code size} leaves, all of which are stored. */
  public StoredTree(NodeReader reader, long size) {
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log's size lies in 0..2^32: " + size);
    }
    this.reader = reader;
    this.size = size;
  }

  /** The root. */
  public Sha256 root() {
    return hash(0, size);
  }

  /** The proof that leaf {@code index} is in this tree. */
  public InclusionProof inclusion(long index) {
    return inclusion(index, size);
  }

  /** The proof that the tree of size {@code first} is a prefix of this one. */
  public ConsistencyProof consistency(long first) {
    return consistency(first, size);
  }

  /** The edge to append to, for whoever has lost it. */
  public RightEdge edge() {
    byte[] peaks = new byte[Long.bitCount(size) * Sha256.LENGTH];
    int at = 0;
    for (int height = 32; height >= 0; height--) {
      if (((size >>> height) & 1) != 0) {
        System.arraycopy(node(height, (size >>> height) - 1).bytes(), 0, peaks, at, 32);
        at += Sha256.LENGTH;
      }
    }
    return new RightEdge(size, peaks);
  }

  /** The octets of a tile of hashes; it must exist at this size. */
  public byte[] tile(TilePath.Hashes path) {
    if (!path.existsAt(size)) {
      throw new IllegalArgumentException("no " + path.text() + " in a log of " + size);
    }
    byte[] hashes = reader.read(path.level(), path.first(), path.width());
    if (hashes.length != path.width() * Sha256.LENGTH) {
      throw new IllegalStateException(path.text() + " was read as " + hashes.length + " octets");
    }
    return hashes;
  }

  @Override
  Sha256 node(int height, long index) {
    int level = height / TILE_HEIGHT;
    int inside = height % TILE_HEIGHT;
    long first = index << inside;
    long tile = first >>> TILE_HEIGHT;
    long there = (size >>> (TILE_HEIGHT * level)) - tile * TilePath.FULL;
    byte[] hashes =
        tiles.computeIfAbsent(
            new TilePath.Hashes(level, tile, (int) Math.min(there, TilePath.FULL)), this::tile);
    int from = (int) (first % TilePath.FULL) * Sha256.LENGTH;
    byte[] row = Arrays.copyOfRange(hashes, from, from + (Sha256.LENGTH << inside));
    for (int width = row.length / 2; width >= Sha256.LENGTH; width /= 2) {
      for (int to = 0; to < width; to += Sha256.LENGTH) {
        hasher.node(row, 2 * to, row, to);
      }
    }
    return new Sha256(Arrays.copyOf(row, Sha256.LENGTH));
  }
}
