package dev.birthmark.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Mutation;
import dev.birthmark.credential.log.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class MembersTest {
  private static final LogId A = new LogId(1);
  private static final LogId B = new LogId(-1);

  @Test
  void isAlgebraOnSetsOfPlaces() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      TreeSet<Place> left = places(random);
      TreeSet<Place> right = places(random);
      Members a = Members.of(left);
      Members b = Members.of(right);
      TreeSet<Place> union = new TreeSet<>(left);
      union.addAll(right);
      TreeSet<Place> minus = new TreeSet<>(left);
      minus.removeAll(right);
      TreeSet<Place> both = new TreeSet<>(left);
      both.retainAll(right);
      assertThat(list(a.union(b))).containsExactlyElementsOf(union);
      assertThat(list(a.minus(b))).containsExactlyElementsOf(minus);
      assertThat(list(a.intersect(b))).containsExactlyElementsOf(both);
      assertThat(a.intersects(b)).isEqualTo(!both.isEmpty());
      assertThat(a.cardinality()).isEqualTo(left.size());
      assertThat(Members.unionOf(List.of(a, b))).isEqualTo(a.union(b));
      assertThat(list(a)).containsExactlyElementsOf(left);
      for (Place place : right) {
        assertThat(a.contains(place)).isEqualTo(left.contains(place));
      }
    }
  }

  @Test
  void ordersLogsAndIndexesAsUnsignedNumbers() {
    Place last = new Place(B, Place.MAX_INDEX);
    Place first = new Place(A, 1L << 31);
    Members members = Members.of(List.of(last, first, new Place(A, 0)));
    assertThat(list(members)).containsExactly(new Place(A, 0), first, last);
    assertThat(members.logs()).containsExactly(A, B);
    assertThat(members.in(B)).isEqualTo(Members.of(last));
    assertThat(members.minus(members)).isSameAs(Members.none());
  }

  @Test
  void encodesAMillionInARowInAFewOctets() throws Exception {
    Members lot = Members.range(A, 100, 1_400_100);
    byte[] encoded = lot.encode(A);
    assertThat(encoded.length).isLessThan(500);
    assertThat(Members.decode(A, encoded)).isEqualTo(lot);
    assertThat(lot.cardinality()).isEqualTo(1_400_000);
    byte[] single = Members.of(new Place(A, 5)).encode(A);
    assertThat(HexFormat.of().formatHex(single)).isEqualTo("3a3000000100000000000000100000000500");
  }

  @Test
  void doesNotDependOnHowASetCameAbout() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      places.add(new Place(A, i));
    }
    Collections.shuffle(places, new Random(3));
    assertThat(Members.of(places).encode(A)).isEqualTo(Members.range(A, 0, 70_000).encode(A));
    assertThat(Members.of(places)).isEqualTo(Members.range(A, 0, 70_000));
  }

  @Test
  void refusesABitmapInAnotherSpelling() {
    byte[] encoded = Members.range(A, 100, 9_000).encode(A);
    byte[] trailing = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatThrownBy(() -> Members.decode(A, trailing)).isInstanceOf(MalformedException.class);
    RoaringBitmap plain = new RoaringBitmap();
    for (int i = 100; i < 9_000; i++) {
      plain.add(i);
    }
    ByteBuffer buffer = ByteBuffer.allocate(plain.serializedSizeInBytes());
    plain.serialize(buffer);
    assertThatThrownBy(() -> Members.decode(A, buffer.array()))
        .isInstanceOf(MalformedException.class);
    for (String bad :
        List.of(
            // values that descend or repeat, in one block
            "3a30000001000000" + "00000100" + "10000000" + "05000400",
            "3a30000001000000" + "00000100" + "10000000" + "05000500",
            // blocks that descend or repeat
            "3a30000002000000" + "0100000000000000" + "18000000" + "1a000000" + "05000500",
            "3a30000002000000" + "0000000000000000" + "18000000" + "1a000000" + "05000500",
            // runs that touch, overlap, descend, or leave the block
            "3b300000" + "01" + "0000" + "0900" + "0200" + "00000400" + "05000400",
            "3b300000" + "01" + "0000" + "0900" + "0200" + "00000500" + "05000400",
            "3b300000" + "01" + "0000" + "0900" + "0200" + "10000400" + "00000400",
            "3b300000" + "01" + "0000" + "0f00" + "0100" + "feff" + "0f00")) {
      assertThatThrownBy(() -> Members.decode(A, HexFormat.of().parseHex(bad)))
          .as(bad)
          .isInstanceOf(MalformedException.class);
    }
    byte[] fullBlock = new byte[16 + 8192];
    byte[] head = HexFormat.of().parseHex("3a3000000100000000000a1010000000");
    System.arraycopy(head, 0, fullBlock, 0, head.length);
    assertThatThrownBy(() -> Members.decode(A, fullBlock)).isInstanceOf(MalformedException.class);
    byte[] huge = HexFormat.of().parseHex("3a300000ffffff7f");
    assertThatThrownBy(() -> Members.decode(A, huge)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Members.decode(A, new byte[0])).isInstanceOf(MalformedException.class);
  }

  @Test
  void throwsNothingElseOnAnyOctets() {
    Random random = new Random(4);
    Members mixed =
        Members.range(A, 10, 80_000)
            .union(Members.of(places(random)).in(A))
            .union(Members.range(A, 1L << 31, (1L << 31) + 3));
    byte[] encoded = mixed.encode(A);
    byte[] small = Members.of(List.of(new Place(A, 3), new Place(A, 70_000))).encode(A);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = Mutation.of(i % 2 == 0 ? encoded : small, random);
      try {
        assertThat(Members.decode(A, mutant).encode(A)).isEqualTo(mutant);
      } catch (MalformedException e) {
        assertThat(e.part()).isEqualTo("bitmap");
      }
    }
  }

  @Test
  void keepsAPlaneThatAgreesWithTheSet() {
    Random random = new Random(5);
    Plane plane = Plane.empty();
    Members expected = Members.none();
    for (int round = 0; round < 40; round++) {
      long from = random.nextInt(200_000);
      Members change =
          random.nextBoolean()
              ? Members.range(A, from, from + random.nextInt(100_000))
              : Members.of(places(random)).in(A);
      Plane before = plane;
      long bits = before.cardinality();
      if (random.nextInt(3) == 0) {
        plane = plane.without(change, A);
        expected = expected.minus(change);
      } else {
        plane = plane.with(change, A);
        expected = expected.union(change);
      }
      assertThat(before.cardinality()).isEqualTo(bits);
      assertThat(plane.members(A)).isEqualTo(expected);
      assertThat(plane.cardinality()).isEqualTo(expected.cardinality());
      for (int i = 0; i < 200; i++) {
        long index = random.nextInt(400_000);
        assertThat(plane.get(index)).isEqualTo(expected.contains(new Place(A, index)));
      }
    }
    assertThat(plane.get(Place.MAX_INDEX)).isFalse();
  }

  @Test
  void storesAPlaneByPages() {
    Members members = Members.of(List.of(new Place(A, 3), new Place(A, 65_536 * 2 + 9)));
    Plane plane = Plane.empty().with(members, A);
    assertThat(Plane.pagesOf(members, A)).containsExactly(0, 2);
    TreeMap<Integer, PlanePage> stored = new TreeMap<>();
    for (int number : Plane.pagesOf(members, A)) {
      stored.put(number, PlanePage.decode(plane.page(number).encode()));
    }
    assertThat(Plane.of(stored).members(A)).isEqualTo(members);
    assertThat(plane.page(0).encode()[0]).isEqualTo((byte) 8);
    assertThat(plane.page(2).encode()[1]).isEqualTo((byte) 2);
    assertThat(plane.page(1)).isSameAs(PlanePage.EMPTY);
    assertThat(plane.page(77)).isSameAs(PlanePage.EMPTY);
    assertThat(plane.withPage(0, PlanePage.EMPTY).cardinality()).isEqualTo(1);
    assertThat(plane.with(Members.range(A, 65_536, 65_540), A).page(0)).isSameAs(plane.page(0));
  }

  @Test
  void readsTheWorstOfTheBits() {
    assertThat(CredentialStatus.of(false, false, false)).isEqualTo(CredentialStatus.GOOD);
    assertThat(CredentialStatus.of(false, false, true)).isEqualTo(CredentialStatus.HELD);
    assertThat(CredentialStatus.of(false, true, true)).isEqualTo(CredentialStatus.REVOKED);
    assertThat(CredentialStatus.of(true, true, true)).isEqualTo(CredentialStatus.BAD_ENTRY);
    for (CredentialStatus status : CredentialStatus.values()) {
      assertThat(CredentialStatus.fromText(status.text())).isEqualTo(status);
    }
  }

  private static TreeSet<Place> places(Random random) {
    TreeSet<Place> places = new TreeSet<>();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      places.add(new Place(random.nextBoolean() ? A : B, random.nextInt(400_000)));
    }
    return places;
  }

  private static List<Place> list(Members members) {
    List<Place> places = new ArrayList<>();
    members.forEach(places::add);
    return places;
  }
}
