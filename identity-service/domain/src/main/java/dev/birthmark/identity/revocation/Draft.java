package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.util.Optional;

/**
 * A change that has no number yet.
 *
 * @param kind what it does
 * @param reason why
 * @param request SHA-256 over what was asked for; zeros if nobody asked
 * @param cause what it follows on or lifts
 * @param selector what later arrivals are matched against; the empty one matches none
 * @param members whose credentials
 */
public record Draft(
    ChangeKind kind,
    Reason reason,
    Sha256 request,
    Optional<Position> cause,
    Selector selector,
    Members members) {

  /** What a change says that nobody asked for. */
  public static final Sha256 NO_REQUEST = new Sha256(new byte[Sha256.LENGTH]);

  /** A hold on what an ingest found wrong with its own credentials. */
  public static Draft hold(Reason reason, Members members) {
    return new Draft(
        ChangeKind.SUSPEND, reason, NO_REQUEST, Optional.empty(), Selector.none(), members);
  }

  /** What a change in force means for members that arrived after it. */
  static Draft followOn(ForceRecords.InForce cause, Members members) {
    return new Draft(
        cause.kind(),
        cause.reason(),
        NO_REQUEST,
        Optional.of(cause.position()),
        Selector.none(),
        members);
  }
}
