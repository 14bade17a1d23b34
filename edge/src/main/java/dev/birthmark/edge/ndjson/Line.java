package dev.birthmark.edge.ndjson;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line as it came: its number in the file, and its octets unless it was too long to be kept. */
final class Line {

  private final long number;
  private final byte @Nullable [] octets;

  private Line(long number, byte @Nullable [] octets) {
    this.number = number;
    this.octets = octets;
  }

  static Line of(long number, byte[] octets, int from, int to) {
    return new Line(number, Arrays.copyOfRange(octets, from, to));
  }

  static Line tooLong(long number) {
    return new Line(number, null);
  }

  long number() {
    return number;
  }

  /** The octets without the line's end; null if the line was too long. */
  byte @Nullable [] octets() {
    return octets;
  }
}
