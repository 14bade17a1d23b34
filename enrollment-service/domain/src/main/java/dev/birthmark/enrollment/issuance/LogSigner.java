package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.site.LogHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Signs the heads of the site's logs: one key, and an origin for each log.
 *
 * @param firstOrigin the origin of the site's first log
 * @param custody of the logs' Ed25519 key
 */
public record LogSigner(String firstOrigin, KeyCustody custody) {
  /** Refuses what is no origin. */
  public LogSigner {
    LogOrigin.check(firstOrigin);
  }

  /** The head of an empty log. */
  public LogHead open(int ordinal, Instant time) {
    String origin = LogOrigin.ordinal(firstOrigin, ordinal);
    RightEdge edge = RightEdge.empty();
    return new LogHead(
        ordinal,
        origin,
        edge,
        sign(origin, edge.size(), edge.root()),
        time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The signed checkpoint of a log. Only heads of one and the same tree may ever be signed. */
  public String sign(String origin, long size, Sha256 root) {
    return key(origin).sign(new Checkpoint(origin, size, root).text(), custody).toString();
  }

  /** The key by which a log's checkpoints are known. */
  public NoteKey key(String origin) {
    return new NoteKey(origin, custody.publicKey());
  }
}
