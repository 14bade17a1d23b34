package dev.birthmark.identity.authentication;

import java.util.Arrays;

/**
 * One word for each credential of a log: its 32-bit tag and the id of its facts. Grows in place: a
 * reader never looks at or beyond the size that its view was published with, and a view is
 * published after the words below its size were written.
 */
final class Slots {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;

  private final long[][] pages;

  private Slots(long[][] pages) {
    this.pages = pages;
  }

  static Slots empty() {
    return new Slots(new long[0][]);
  }

  /** With room for {@code size} words; the words there are shared. */
  Slots withRoomFor(long size) {
    int needed = Math.toIntExact((size + PAGE - 1) >>> PAGE_BITS);
    if (needed <= pages.length) {
      return this;
    }
    long[][] grown = Arrays.copyOf(pages, needed);
    for (int i = pages.length; i < needed; i++) {
      grown[i] = new long[PAGE];
    }
    return new Slots(grown);
  }

  void put(long index, int tag, int facts) {
    pages[(int) (index >>> PAGE_BITS)][(int) index & (PAGE - 1)] =
        (long) tag << Integer.SIZE | (facts & 0xFFFF_FFFFL);
  }

  int tag(long index) {
    return (int) (word(index) >>> Integer.SIZE);
  }

  int facts(long index) {
    return (int) word(index);
  }

  private long word(long index) {
    return pages[(int) (index >>> PAGE_BITS)][(int) index & (PAGE - 1)];
  }
}
