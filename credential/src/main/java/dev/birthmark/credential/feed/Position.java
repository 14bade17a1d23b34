package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.Entry;
import java.util.Comparator;

/**
 * How far someone is in a tenant's feed. Compared by incarnation first: a feed that was put back
 * begins a new, higher one.
 *
 * @param incarnation 0 at first, then the UTC second of the restore
 * @param number of the last change that counts; 0 is before the first
 */
public record Position(long incarnation, long number) implements Comparable<Position> {
  /** Before the first change of a feed that was never restored. */
  public static final Position START = new Position(0, 0);

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::incarnation).thenComparingLong(Position::number);

  /** Refuses negative numbers. */
  public Position {
    if (incarnation < 0 || number < 0) {
      throw new IllegalArgumentException("a feed position is not negative");
    }
  }

  /** How much of the feed the site had applied when it wrote the entry. */
  public static Position of(Entry entry) {
    return new Position(entry.feedIncarnation(), entry.feedNumber());
  }

  /** Reads what {@link #toString()} writes, and no other spelling. */
  public static Position parse(String text) throws MalformedException {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new MalformedException("position", "not incarnation:number");
    }
    return new Position(
        DecimalText.parse("incarnation", text.substring(0, colon), Long.MAX_VALUE),
        DecimalText.parse("number", text.substring(colon + 1), Long.MAX_VALUE));
  }

  /** The next number in the same incarnation. */
  public Position next() {
    return new Position(incarnation, Math.addExact(number, 1));
  }

  /** Whether what stands at {@code other} is already behind this. */
  public boolean reaches(Position other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code incarnation:number}, the cursor's text. */
  @Override
  public String toString() {
    return incarnation + ":" + number;
  }
}
