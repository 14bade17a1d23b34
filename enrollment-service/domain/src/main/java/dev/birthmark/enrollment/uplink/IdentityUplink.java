package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way to the identity service, which knows the site by its client key. It carries and checks
 * sizes, nothing else: what comes back is a stranger's until its signatures were verified. Every
 * method blocks for a bounded time and nothing is tried again here.
 *
 * <p>Every method throws {@link UplinkUnavailableException} if there was no answer, and, where it
 * has no answer of its own for that, {@link UplinkRefusedException} if the answer was no.
 */
public interface IdentityUplink {
  /** The most octets of entries that one push or one answer has, framing included. */
  int MAX_OCTETS = 8_000_000;

  /** One of the site's logs as it is mirrored; empty if the identity service does not know it. */
  Optional<MirroredLog> log(LogId log);

  /** The latest cosigned checkpoint of a log, as a note; empty if nothing was taken over yet. */
  Optional<String> checkpoint(LogId log);

  /**
   * Pushes entries.
   *
   * @param from the index of the first
   * @param checkpoint the signed note of the size that the last one makes
   * @param entries their DER, together at most {@link #MAX_OCTETS} with framing
   */
  PushAnswer push(LogId log, long from, String checkpoint, List<Octets> entries);

  /**
   * Entries that the identity service holds, from an index on, as many as fit into {@link
   * #MAX_OCTETS}; none if the log ends there.
   */
  List<Octets> entries(LogId log, long from);

  /**
   * Changes of the tenant's feed after a position, in their order, as many as the identity service
   * sends at once; none if there are no more. Does not wait.
   */
  List<FeedItem> changes(Position after);

  /**
   * Registers the site as a consumer of the feed.
   *
   * @return until when; before that it has to be done again
   */
  Instant follow(String consumer);

  /**
   * Acknowledges that a change and all before it were applied.
   *
   * @param proof see {@link dev.birthmark.credential.feed.Acknowledgement}
   */
  void acknowledge(String consumer, Position position, Sha256 proof);
}
