package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.feed.LogHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Writes changes into a tenant's feed: number, hash chain, signed head, status planes and what they
 * hold, all in the caller's transaction.
 */
public final class Feed {
  private final HeadSigner signer;

  /** With the key that signs heads. */
  public Feed(HeadSigner signer) {
    this.signer = signer;
  }

  /**
   * Appends changes in order, each with a head of its own.
   *
   * @param head the tenant's head, locked by this transaction
   * @param at the database's time
   */
  public List<RecordedChange> append(
      RevocationTransaction transaction, FeedRow head, Instant at, List<Draft> drafts) {
    List<RecordedChange> changes = new ArrayList<>(drafts.size());
    Position position = head.position();
    Sha256 previous = head.hash();
    SortedMap<LogId, LogHead> logs = transaction.selection().logs(head.tenant());
    for (Draft draft : drafts) {
      position = position.next();
      EncodedChange encoded =
          EncodedChange.of(
              new Change(
                  head.tenant(),
                  position,
                  previous,
                  at.truncatedTo(ChronoUnit.SECONDS),
                  draft.kind(),
                  draft.reason(),
                  draft.request(),
                  draft.cause(),
                  draft.selector(),
                  draft.members()));
      previous = encoded.hash();
      String note = signer.sign(head.tenant(), position, previous, logs);
      RecordedChange change = new RecordedChange(encoded, note);
      transaction.feed().append(change);
      new StatusPlanes(transaction.status()).apply(draft.kind(), draft.reason(), draft.members());
      enter(transaction, change, draft);
      changes.add(change);
    }
    return changes;
  }

  /**
   * Signs a tenant's head anew when its logs have grown since; once a minute is often enough. Takes
   * the feed's lock shared, so that it never stands in the way of a push.
   */
  public <X extends RevocationTransaction> void renew(Store<X> store, String tenant) {
    store.write(transaction -> {
      transaction.feed().lockShared(tenant);
      FeedRow head = transaction.feed().lockHead(tenant);
      String note =
          signer.sign(tenant, head.position(), head.hash(), transaction.selection().logs(tenant));
      if (!note.equals(head.note())) {
        transaction.feed().renote(tenant, note);
      }
      return note;
    });
  }

  /** A restore that names the change it lifts has done its work; all others stay in force. */
  private static void enter(RevocationTransaction transaction, RecordedChange change, Draft draft) {
    if (draft.kind() == ChangeKind.RESTORE
        && (draft.selector().isEmpty() || draft.cause().isPresent())) {
      return;
    }
    transaction
        .force()
        .enter(
            new ForceRecords.InForce(
                change.tenant(),
                change.position(),
                draft.kind(),
                draft.reason(),
                draft.selector(),
                draft.cause()),
            draft.members());
  }
}
