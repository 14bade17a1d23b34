package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The recursions of RFC 6962 §2.1 over whatever knows the hashes of complete subtrees. A range that
 * is split by these rules starts at a multiple of its size rounded up to a power of two, so each
 * full power of two in it is one complete subtree.
 */
abstract class SubtreeHashes {
  private final TreeHasher hasher = new TreeHasher();

  /** The hash of the complete subtree over leaves {@code index << height} onwards. */
  abstract Sha256 node(int height, long index);

  /** MTH(D[from:to]). */
  final Sha256 hash(long from, long to) {
    if (from == to) {
      return MerkleTree.EMPTY_ROOT;
    }
    long length = to - from;
    if (Long.bitCount(length) == 1) {
      int height = Long.numberOfTrailingZeros(length);
      return node(height, from >>> height);
    }
    long middle = from + split(length);
    return hasher.node(hash(from, middle), hash(middle, to));
  }

  /** PATH(index, D[0:size]), from the leaf's sibling upwards. */
  final InclusionProof inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no index " + index + " in a log of " + size);
    }
    List<Sha256> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (index < middle) {
        path.add(hash(middle, to));
        to = middle;
      } else {
        path.add(hash(from, middle));
        from = middle;
      }
    }
    return new InclusionProof(index, size, path.reversed());
  }

  /** PROOF(first, D[0:second]). */
  final ConsistencyProof consistency(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("no proof from " + first + " to " + second);
    }
    List<Sha256> path = new ArrayList<>();
    if (first > 0 && first < second) {
      long from = 0;
      long to = second;
      while (to != first) {
        long middle = from + split(to - from);
        if (first <= middle) {
          path.add(hash(middle, to));
          to = middle;
        } else {
          path.add(hash(from, middle));
          from = middle;
        }
      }
      // The verifier knows this subtree if it is the whole of its own tree.
      if (from > 0) {
        path.add(hash(from, to));
      }
    }
    return new ConsistencyProof(first, second, path.reversed());
  }

  /** The largest power of two below the length. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
