package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962 §2.1 word for word, over a list: what everything cleverer is compared with. */
final class NaiveTree {
  private static final TreeHasher HASHER = new TreeHasher();

  private NaiveTree() {}

  static List<byte[]> entries(int size) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(ByteBuffer.allocate(4).putInt(i).array());
    }
    return entries;
  }

  static List<Sha256> leaves(List<byte[]> entries) {
    return entries.stream().map(HASHER::leaf).toList();
  }

  static Sha256 root(List<Sha256> leaves) {
    if (leaves.isEmpty()) {
      return Sha256.of(new byte[0]);
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int k = split(leaves.size());
    return HASHER.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }

  static List<Sha256> path(int m, List<Sha256> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int k = split(leaves.size());
    List<Sha256> left = leaves.subList(0, k);
    List<Sha256> right = leaves.subList(k, leaves.size());
    List<Sha256> path = new ArrayList<>(m < k ? path(m, left) : path(m - k, right));
    path.add(root(m < k ? right : left));
    return path;
  }

  static List<Sha256> proof(int m, List<Sha256> leaves) {
    return m == 0 ? List.of() : subproof(m, leaves, true);
  }

  private static List<Sha256> subproof(int m, List<Sha256> leaves, boolean whole) {
    int n = leaves.size();
    if (m == n) {
      return whole ? List.of() : List.of(root(leaves));
    }
    int k = split(n);
    List<Sha256> left = leaves.subList(0, k);
    List<Sha256> right = leaves.subList(k, n);
    List<Sha256> proof =
        new ArrayList<>(m <= k ? subproof(m, left, whole) : subproof(m - k, right, false));
    proof.add(root(m <= k ? right : left));
    return proof;
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }
}
