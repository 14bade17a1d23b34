package dev.birthmark.identity.revocation;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.status.PlanePage;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The status planes of the logs, in pages of 65,536 bits. Written by whoever holds the feed's lock
 * alone, or the log's row and the feed's lock shared. A page that was never written has no bit set.
 */
public interface StatusRecords {

  /**
   * Octets of a page; the bit of index i is bit {@code i & 7} of octet {@code (i & 65535) >> 3}.
   */
  int PAGE_OCTETS = 8_192;

  /** Those of the given pages that were ever written, by page number. */
  SortedMap<Integer, PlanePage> pages(LogId log, PlaneCode plane, SortedSet<Integer> pages);

  /** Writes pages, by page number. */
  void put(LogId log, PlaneCode plane, SortedMap<Integer, PlanePage> pages);

  /** The planes of a log that were ever written. */
  SortedSet<PlaneCode> planes(LogId log);

  /** Hands over each page of a log that was ever written, by plane and page. */
  void each(LogId log, PageVisitor visitor);

  /** Takes one page. */
  @FunctionalInterface
  interface PageVisitor {
    /** Page {@code page} of {@code plane}. */
    void page(PlaneCode plane, int page, PlanePage bits);
  }
}
