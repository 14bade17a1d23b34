package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.List;

/**
 * That a leaf is in a tree (RFC 6962 §2.1.1, verified as RFC 9162 §2.1.3.2).
 *
 * @param index of the leaf
 * @param size of the tree
 * @param path from the leaf's sibling to the root's child, at most 32 hashes
 */
public record InclusionProof(long index, long size, List<Sha256> path) {
  /** The longest path, for a tree of 2^32 leaves. */
  public static final int MAX_PATH = 32;

  /** Refuses what is no leaf of no log. */
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size || size > MerkleTree.MAX_SIZE || path.size() > MAX_PATH) {
      throw new IllegalArgumentException("no proof for " + index + " in a log of " + size);
    }
  }

  /** Whether the leaf and this path make the root. */
  public boolean verify(Sha256 leafHash, Sha256 root) {
    TreeHasher hasher = new TreeHasher();
    long node = index;
    long last = size - 1;
    Sha256 hash = leafHash;
    for (Sha256 sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) != 0 || node == last) {
        hash = hasher.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = hasher.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
