package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A site's log, as far as it has been taken in.
 *
 * @param id names it
 * @param origin its name in checkpoints
 * @param key signs its checkpoints
 * @param site whose log
 * @param closed whether nothing is taken into it any more
 * @param edge the tree's right edge, which has the size
 * @param root Merkle root at that size
 * @param lastIssuedAt the latest {@code issuedAt} of an entry that passed its check; empty if none
 * @param feed the tenant's feed position that was valid when the last ingest committed: a replica
 *     takes the row over only after having applied it
 * @param checkpoint the last checkpoint as a note, cosigned; empty if none
 * @param ingestedAt the database's time at the last ingest, or of the registration
 */
public record LogRow(
    LogId id,
    String origin,
    SubjectPublicKey key,
    SiteName site,
    boolean closed,
    RightEdge edge,
    Sha256 root,
    Optional<Instant> lastIssuedAt,
    Position feed,
    String checkpoint,
    Instant ingestedAt) {

  /** Entries taken in. */
  public long size() {
    return edge.size();
  }

  /** An empty log. */
  public static LogRow empty(NoteKey log, SiteName site, Instant now) {
    return new LogRow(
        LogId.of(log.name()),
        log.name(),
        log.key(),
        site,
        false,
        RightEdge.empty(),
        MerkleTree.EMPTY_ROOT,
        Optional.empty(),
        Position.START,
        "",
        now);
  }

  /** The log's name and key. */
  public NoteKey noteKey() {
    return new NoteKey(origin, key);
  }

  /** The same log, closed for good at its size. */
  public LogRow close() {
    return new LogRow(
        id, origin, key, site, true, edge, root, lastIssuedAt, feed, checkpoint, ingestedAt);
  }
}
