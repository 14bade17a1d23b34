package dev.birthmark.credential.status;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import org.roaringbitmap.Container;
import org.roaringbitmap.ContainerPointer;
import org.roaringbitmap.RoaringBitmap;

/**
 * One bit for each credential of a log: who is revoked, held, or bad. Immutable, so a decision
 * reads it without a lock and a change of any size is seen whole or not at all; a change copies the
 * pages that it touches and shares the others.
 */
public final class Plane {
  private static final Plane EMPTY = new Plane(new PlanePage[0]);

  private final PlanePage[] pages;

  private Plane(PlanePage[] pages) {
    this.pages = pages;
  }

  /** The plane without a bit. */
  public static Plane empty() {
    return EMPTY;
  }

  /** The plane that these stored pages, by number, make; those that are missing are empty. */
  public static Plane of(Map<Integer, PlanePage> stored) {
    int length = 0;
    for (int number : stored.keySet()) {
      length = Math.max(length, number + 1);
    }
    Plane plane = EMPTY.sized(length);
    stored.forEach((number, page) -> plane.pages[number] = page);
    return plane;
  }

  /** Whether the bit is set; never beyond the pages there are. */
  public boolean get(long index) {
    int page = (int) (index >>> 16);
    return page < pages.length && pages[page].get((int) index & 0xFFFF);
  }

  /** How many pages there are; all after them are empty. */
  public int size() {
    return pages.length;
  }

  /** One page; {@code number} is 0..65,535. */
  public PlanePage page(int number) {
    return number < pages.length ? pages[number] : PlanePage.EMPTY;
  }

  /** How many bits are set. */
  public long cardinality() {
    return Arrays.stream(pages).mapToLong(PlanePage::cardinality).sum();
  }

  /** With another page in the place of this number, as it was read from the database. */
  public Plane withPage(int number, PlanePage page) {
    Plane plane = sized(Math.max(pages.length, number + 1));
    plane.pages[number] = page;
    return plane;
  }

  /** With the bits of the members in this log set. */
  public Plane with(Members members, LogId log) {
    return apply(members.bitmap(log), PlanePage::with);
  }

  /** With the bits of the members in this log cleared. */
  public Plane without(Members members, LogId log) {
    return apply(members.bitmap(log), PlanePage::without);
  }

  /** The numbers of the pages that the members in this log lie in, ascending. */
  public static int[] pagesOf(Members members, LogId log) {
    int[] numbers = new int[PlanePage.BITS];
    int count = 0;
    ContainerPointer pointer = members.bitmap(log).getContainerPointer();
    while (pointer.getContainer() != null) {
      numbers[count++] = pointer.key();
      pointer.advance();
    }
    return Arrays.copyOf(numbers, count);
  }

  /** The bits that are set, as members of this log. */
  public Members members(LogId log) {
    RoaringBitmap bits = new RoaringBitmap();
    for (int number = 0; number < pages.length; number++) {
      for (int i = 0; i < PlanePage.BITS / Long.SIZE; i++) {
        long base = ((long) number << 16) + (long) i * Long.SIZE;
        for (long word = pages[number].word(i); word != 0; word &= word - 1) {
          bits.add((int) (base + Long.numberOfTrailingZeros(word)));
        }
      }
    }
    return Members.of(log, bits);
  }

  private Plane apply(RoaringBitmap bitmap, BiFunction<PlanePage, Container, PlanePage> operation) {
    if (bitmap.isEmpty()) {
      return this;
    }
    Plane plane = sized(Math.max(pages.length, (bitmap.last() >>> 16) + 1));
    ContainerPointer pointer = bitmap.getContainerPointer();
    while (pointer.getContainer() != null) {
      int number = pointer.key();
      plane.pages[number] = operation.apply(plane.pages[number], pointer.getContainer());
      pointer.advance();
    }
    return plane;
  }

  private Plane sized(int length) {
    if (length > (Place.MAX_INDEX >>> 16) + 1) {
      throw new IllegalArgumentException("a plane has at most 65,536 pages");
    }
    PlanePage[] copy = Arrays.copyOf(pages, length);
    Arrays.fill(copy, pages.length, length, PlanePage.EMPTY);
    return new Plane(copy);
  }
}
