package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.List;

/**
 * That a tree is a prefix of another (RFC 6962 §2.1.2, verified as RFC 9162 §2.1.4.2).
 *
 * @param first size of the smaller tree
 * @param second size of the larger or same tree
 * @param path empty if the sizes are the same or the first is 0, at most 33 hashes
 */
public record ConsistencyProof(long first, long second, List<Sha256> path) {
  /** The longest path, for a tree of 2^32 leaves. */
  public static final int MAX_PATH = 33;

  /** Refuses sizes that no two heads of one log can have. */
  public ConsistencyProof {
    path = List.copyOf(path);
    if (first < 0 || first > second || second > MerkleTree.MAX_SIZE || path.size() > MAX_PATH) {
      throw new IllegalArgumentException("no proof from " + first + " to " + second);
    }
  }

  /** Whether the two roots belong to one log that has only grown. */
  public boolean verify(Sha256 firstRoot, Sha256 secondRoot) {
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return path.isEmpty() && firstRoot.equals(MerkleTree.EMPTY_ROOT);
    }
    TreeHasher hasher = new TreeHasher();
    long node = first - 1;
    long last = second - 1;
    while ((node & 1) != 0) {
      node >>>= 1;
      last >>>= 1;
    }
    // The first tree is one complete subtree of the second: its root is where the path starts.
    boolean complete = Long.bitCount(first) == 1;
    if (!complete && path.isEmpty()) {
      return false;
    }
    Sha256 oldHash = complete ? firstRoot : path.get(0);
    Sha256 newHash = oldHash;
    for (Sha256 sibling : complete ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) != 0 || node == last) {
        oldHash = hasher.node(sibling, oldHash);
        newHash = hasher.node(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        newHash = hasher.node(newHash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && oldHash.equals(firstRoot) && newHash.equals(secondRoot);
  }
}
