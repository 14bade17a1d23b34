package dev.birthmark.enrollment.site;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;

/**
 * The head of an issuance log.
 *
 * @param ordinal which of the site's logs this is, from 1
 * @param origin the log's name
 * @param edge size and right edge of the tree
 * @param checkpoint the signed note for size and root. While lost entries are being fetched it is
 *     the one of an earlier size
 * @param time when the last entry was issued (before the first, when the log was opened), whole
 *     seconds
 */
public record LogHead(int ordinal, String origin, RightEdge edge, String checkpoint, Instant time) {

  /** Refuses what no head can be. */
  public LogHead {
    LogOrigin.check(origin);
    if (ordinal < 1) {
      throw new IllegalArgumentException("a site's logs count from 1: " + ordinal);
    }
    if (time.getNano() != 0) {
      throw new IllegalArgumentException("a head's time is in whole seconds");
    }
  }

  /** The log's id. */
  public LogId log() {
    return LogId.of(origin);
  }

  /** Entries in the log, 0..2^32. */
  public long size() {
    return edge.size();
  }

  /** The RFC 6962 root. */
  public Sha256 root() {
    return edge.root();
  }
}
