package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;
import java.util.ArrayList;
import java.util.List;

/** A store of hashes that does what a site's store does: each hash written once, in order. */
final class NodesInMemory implements NodeReader {
  private final List<List<Sha256>> levels = new ArrayList<>();
  private int reads;

  void store(Growth growth) {
    for (long i = growth.before().size(); i < growth.after().size(); i++) {
      put(0, i, growth.leaf(i));
    }
    growth.nodes().forEach(node -> put(node.level(), node.index(), node.hash()));
  }

  int reads() {
    return reads;
  }

  @Override
  public byte[] read(int level, long first, int count) {
    if (first / 256 != (first + count - 1) / 256 || count < 1) {
      throw new IllegalArgumentException("a range across tiles");
    }
    reads++;
    byte[] hashes = new byte[count * Sha256.LENGTH];
    for (int i = 0; i < count; i++) {
      byte[] hash = levels.get(level).get((int) first + i).bytes();
      System.arraycopy(hash, 0, hashes, i * Sha256.LENGTH, Sha256.LENGTH);
    }
    return hashes;
  }

  private void put(int level, long index, Sha256 hash) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    if (levels.get(level).size() != index) {
      throw new IllegalStateException("level " + level + " has a gap or a duplicate at " + index);
    }
    levels.get(level).add(hash);
  }
}
