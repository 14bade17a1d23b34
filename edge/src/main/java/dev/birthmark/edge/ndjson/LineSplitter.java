package dev.birthmark.edge.ndjson;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts a stream of octets into lines, wherever its chunks begin and end. A byte-order mark before
 * the first line, a carriage return at the end of a line and empty lines are left out; numbers are
 * those of the file, from 1.
 */
final class LineSplitter {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final int longest;
  private final Consumer<Line> lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long number = 1;
  private boolean tooLong;

  /**
   * @param longest octets of the longest line accepted, without its end
   */
  LineSplitter(int longest, Consumer<Line> lines) {
    this.longest = longest;
    this.lines = lines;
  }

  void accept(byte[] chunk) {
    int from = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        append(chunk, from, i);
        finish();
        from = i + 1;
      }
    }
    append(chunk, from, chunk.length);
  }

  /** The stream ended: what was begun is the last line. */
  void end() {
    finish();
  }

  private void append(byte[] chunk, int from, int to) {
    // One octet more for the carriage return, three for the byte-order mark: neither counts.
    int room = longest + 1 + (number == 1 ? BYTE_ORDER_MARK.length : 0) - begun.size();
    if (to - from > room) {
      tooLong = true;
    }
    if (!tooLong) {
      begun.write(chunk, from, to - from);
    }
  }

  private void finish() {
    var octets = begun.toByteArray();
    int from = number == 1 && startsWithMark(octets) ? BYTE_ORDER_MARK.length : 0;
    int to =
        octets.length > from && octets[octets.length - 1] == '\r'
            ? octets.length - 1
            : octets.length;
    if (tooLong || to - from > longest) {
      lines.accept(Line.tooLong(number));
    } else if (!isBlank(octets, from, to)) {
      lines.accept(Line.of(number, octets, from, to));
    }
    begun.reset();
    tooLong = false;
    number++;
  }

  private static boolean startsWithMark(byte[] octets) {
    return octets.length >= 3
        && octets[0] == BYTE_ORDER_MARK[0]
        && octets[1] == BYTE_ORDER_MARK[1]
        && octets[2] == BYTE_ORDER_MARK[2];
  }

  private static boolean isBlank(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] != ' ' && octets[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
