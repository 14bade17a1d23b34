package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;
import java.util.Locale;

/** Index and width of a tile in a path: groups of three digits, {@code .p/W} for a partial tile. */
final class TileText {
  private static final int GROUP = 1000;
  private static final String PARTIAL = ".p/";
  private static final int MAX_LENGTH = 64;

  private TileText() {}

  static void check(long index, int width) {
    if (index < 0 || index > TilePath.MAX_INDEX || width < 1 || width > TilePath.FULL) {
      throw new IllegalArgumentException("no tile " + index + " of width " + width);
    }
  }

  static String write(long index, int width) {
    StringBuilder text = new StringBuilder(digits(index));
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      text.insert(0, "x" + digits(rest) + "/");
    }
    return width == TilePath.FULL ? text.toString() : text.append(PARTIAL).append(width).toString();
  }

  static int width(String text) throws MalformedException {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedException("tile", "too long");
    }
    int partial = text.indexOf(PARTIAL);
    if (partial < 0) {
      return TilePath.FULL;
    }
    long width = DecimalText.parse("tile width", text.substring(partial + 3), TilePath.FULL - 1);
    if (width == 0) {
      throw new MalformedException("tile width", "empty");
    }
    return (int) width;
  }

  /** The number alone: whoever calls compares the whole spelling. */
  static long index(String text, int width) throws MalformedException {
    String groups = width == TilePath.FULL ? text : text.substring(0, text.indexOf(PARTIAL));
    long index = 0;
    for (String group : groups.split("/", -1)) {
      String three = group.startsWith("x") ? group.substring(1) : group;
      if (three.length() != 3) {
        throw new MalformedException("tile index", "not groups of three digits");
      }
      // Each group has its zeros; a number has not.
      long digits = DecimalText.parse("tile index", "1" + three, 2 * GROUP) - GROUP;
      index = index * GROUP + digits;
      if (index > TilePath.MAX_INDEX) {
        throw new MalformedException("tile index", "beyond any log");
      }
    }
    return index;
  }

  private static String digits(long number) {
    return String.format(Locale.ROOT, "%03d", number % GROUP);
  }
}
