package dev.birthmark.credential.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.pkix.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final int SIZES = 130;

  /** More than one full tile of level 1. */
  private static final int LARGE = 66_000;

  private static final List<Sha256> LARGE_LEAVES = NaiveTree.leaves(NaiveTree.entries(LARGE));

  /** The leaves that the reference implementations of RFC 6962 are tested with. */
  private static final List<byte[]> KNOWN_ENTRIES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final List<Sha256> KNOWN_ROOTS =
      hashes(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void makesTheRootsOfTheReferenceImplementations() {
    RightEdge edge = RightEdge.empty();
    for (int i = 0; i < KNOWN_ENTRIES.size(); i++) {
      edge = edge.append(List.of(MerkleTree.leafHash(KNOWN_ENTRIES.get(i)))).after();
      assertThat(edge.root()).isEqualTo(KNOWN_ROOTS.get(i));
    }
    assertThat(RightEdge.empty().root().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void makesTheProofsOfTheReferenceImplementations() {
    NodesInMemory nodes = new NodesInMemory();
    nodes.store(RightEdge.empty().append(NaiveTree.leaves(KNOWN_ENTRIES)));
    StoredTree tree = new StoredTree(nodes, KNOWN_ENTRIES.size());
    assertThat(tree.inclusion(0).path())
        .isEqualTo(
            hashes(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
    assertThat(tree.consistency(6).path())
        .isEqualTo(
            hashes(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  }

  @Test
  void appendsInAnyPortionsToTheSameEdge() {
    List<Sha256> leaves = NaiveTree.leaves(NaiveTree.entries(SIZES));
    Sha256 root = NaiveTree.root(leaves);
    List<List<Sha256>> paths =
        IntStream.range(0, SIZES).mapToObj(index -> NaiveTree.path(index, leaves)).toList();
    for (int first = 0; first <= SIZES; first++) {
      Growth one = RightEdge.empty().append(leaves.subList(0, first));
      assertThat(one.after().root()).isEqualTo(NaiveTree.root(leaves.subList(0, first)));
      Growth two = one.after().append(leaves.subList(first, SIZES));
      assertThat(two.after().root()).isEqualTo(root);
      for (int index = first; index < SIZES; index++) {
        assertThat(two.inclusion(index).path()).isEqualTo(paths.get(index));
        assertThat(two.leaf(index)).isEqualTo(leaves.get(index));
      }
    }
  }

  @Test
  void provesEveryLeafOfEverySizeAndNoOther() {
    List<Sha256> leaves = NaiveTree.leaves(NaiveTree.entries(SIZES));
    NodesInMemory nodes = new NodesInMemory();
    nodes.store(RightEdge.empty().append(leaves));
    for (int size = 1; size <= SIZES; size++) {
      List<Sha256> present = leaves.subList(0, size);
      StoredTree tree = new StoredTree(nodes, size);
      Sha256 root = NaiveTree.root(present);
      assertThat(tree.root()).isEqualTo(root);
      assertThat(tree.edge().root()).isEqualTo(root);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree.inclusion(index);
        Sha256 leaf = leaves.get(index);
        assertThat(proof.path()).isEqualTo(NaiveTree.path(index, present));
        assertThat(proof.verify(leaf, root)).isTrue();
        assertThat(proof.verify(root, leaf)).isEqualTo(size == 1);
        assertThat(proof.verify(MerkleTree.nodeHash(leaf, leaf), root)).isFalse();
        assertNoOtherProofHolds(proof, leaf, root);
      }
    }
  }

  @Test
  void provesEveryGrowthAndNoOther() {
    List<Sha256> leaves = NaiveTree.leaves(NaiveTree.entries(SIZES));
    NodesInMemory nodes = new NodesInMemory();
    nodes.store(RightEdge.empty().append(leaves));
    List<Sha256> roots =
        IntStream.rangeClosed(0, SIZES)
            .mapToObj(size -> NaiveTree.root(leaves.subList(0, size)))
            .toList();
    for (int second = 0; second <= SIZES; second++) {
      StoredTree tree = new StoredTree(nodes, second);
      for (int first = 0; first <= second; first++) {
        ConsistencyProof proof = tree.consistency(first);
        assertThat(proof.path()).isEqualTo(NaiveTree.proof(first, leaves.subList(0, second)));
        assertThat(proof.verify(roots.get(first), roots.get(second))).isTrue();
        if (first != second) {
          assertThat(proof.verify(roots.get(second), roots.get(first))).isFalse();
          Sha256 other = MerkleTree.leafHash(new byte[] {1});
          assertThat(proof.verify(other, roots.get(second))).isFalse();
          // From nothing every tree follows, so there the second root is not looked at.
          assertThat(proof.verify(roots.get(first), other)).isEqualTo(first == 0);
          List<Sha256> longer = new ArrayList<>(proof.path());
          longer.add(other);
          assertThat(
                  new ConsistencyProof(first, second, longer)
                      .verify(roots.get(first), roots.get(second)))
              .isFalse();
        }
      }
    }
  }

  @Test
  void readsAFewTilesOfALargeLogForAnyProof() {
    int size = LARGE;
    List<Sha256> leaves = LARGE_LEAVES;
    NodesInMemory nodes = new NodesInMemory();
    RightEdge edge = RightEdge.empty();
    Random portions = new Random(7);
    for (int from = 0; from < size; ) {
      int to = Math.min(size, from + 1 + portions.nextInt(9_000));
      Growth growth = edge.append(leaves.subList(from, to));
      nodes.store(growth);
      edge = growth.after();
      from = to;
    }
    Sha256 root = NaiveTree.root(leaves);
    assertThat(edge.root()).isEqualTo(root);
    assertThat(new StoredTree(nodes, size).edge().encode()).isEqualTo(edge.encode());
    for (int index : new int[] {0, 255, 256, 65_535, 65_536, 65_791, 65_792, 65_999}) {
      int before = nodes.reads();
      InclusionProof proof = new StoredTree(nodes, size).inclusion(index);
      assertThat(proof.verify(leaves.get(index), root)).isTrue();
      assertThat(nodes.reads() - before).isLessThanOrEqualTo(6);
    }
    for (int first : new int[] {1, 257, 40_000, 65_999}) {
      ConsistencyProof proof = new StoredTree(nodes, size).consistency(first);
      assertThat(proof.verify(NaiveTree.root(leaves.subList(0, first)), root)).isTrue();
    }
  }

  @Test
  void servesTilesWhoseHashesAreThoseOfTheSubtrees() {
    int size = LARGE;
    List<Sha256> leaves = LARGE_LEAVES;
    NodesInMemory nodes = new NodesInMemory();
    nodes.store(RightEdge.empty().append(leaves));
    StoredTree tree = new StoredTree(nodes, size);
    assertThat(tree.tile(new TilePath.Hashes(0, 257, 208))).hasSize(208 * 32);
    assertThat(tree.tile(new TilePath.Hashes(1, 1, 1)))
        .isEqualTo(NaiveTree.root(leaves.subList(65_536, 65_792)).bytes());
    assertThat(tree.tile(new TilePath.Hashes(2, 0, 1)))
        .isEqualTo(NaiveTree.root(leaves.subList(0, 65_536)).bytes());
    assertThatThrownBy(() -> tree.tile(new TilePath.Hashes(0, 257, 209)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.tile(new TilePath.Hashes(2, 0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheEdgeInARow() throws MalformedException {
    RightEdge edge = RightEdge.empty().append(NaiveTree.leaves(NaiveTree.entries(100))).after();
    RightEdge read = RightEdge.decode(100, edge.encode());
    assertThat(read.root()).isEqualTo(edge.root());
    assertThat(edge.encode()).hasSize(3 * 32);
    assertThatThrownBy(() -> RightEdge.decode(101, edge.encode()))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RightEdge.decode(-1, new byte[64 * 32]))
        .isInstanceOf(MalformedException.class);
  }

  private static void assertNoOtherProofHolds(InclusionProof proof, Sha256 leaf, Sha256 root) {
    List<Sha256> path = proof.path();
    for (int i = 0; i < path.size(); i++) {
      List<Sha256> shorter = new ArrayList<>(path);
      shorter.remove(i);
      assertThat(new InclusionProof(proof.index(), proof.size(), shorter).verify(leaf, root))
          .isFalse();
      List<Sha256> changed = new ArrayList<>(path);
      changed.set(i, leaf);
      assertThat(new InclusionProof(proof.index(), proof.size(), changed).verify(leaf, root))
          .isEqualTo(path.get(i).equals(leaf));
    }
    if (path.size() < InclusionProof.MAX_PATH) {
      List<Sha256> longer = new ArrayList<>(path);
      longer.add(leaf);
      assertThat(new InclusionProof(proof.index(), proof.size(), longer).verify(leaf, root))
          .isFalse();
    }
    for (long index : new long[] {proof.index() ^ 1, proof.index() - 1}) {
      if (index >= 0 && index < proof.size()) {
        assertThat(new InclusionProof(index, proof.size(), path).verify(leaf, root)).isFalse();
      }
    }
  }

  private static List<Sha256> hashes(String... hex) {
    return Stream.of(hex).map(Sha256::fromHex).toList();
  }
}
