package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.revocation.ChangeOutcome.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Executes a request for a change: one transaction, whatever the number of members, and this node's
 * memory follows before it is answered.
 *
 * <p>The transaction takes the feed's lock alone, then the head, then reads: no entry slips between
 * a change and its ingest. Blocks; safe for use by several threads.
 */
public final class Changes {
  private final Store<? extends RevocationTransaction> store;
  private final Feed feed;
  private final Applied applied;

  /** With the store, the writer of feeds and this node's memory. */
  public Changes(Store<? extends RevocationTransaction> store, Feed feed, Applied applied) {
    this.store = store;
    this.feed = feed;
    this.applied = applied;
  }

  /**
   * Makes the change, or finds that it was made before.
   *
   * @throws CommitOutcomeUnknownException if it is not known twice in a row whether it was made:
   *     the asker repeats it with the same key
   * @throws StoreUnavailableException if nothing was made, or it was and this node has not applied
   *     it: the asker repeats it with the same key
   */
  public ChangeOutcome execute(ChangeRequest request) {
    ChangeOutcome outcome = write(request);
    switch (outcome) {
      case ChangeOutcome.Made made -> applied.apply(request.tenant(), made.change().position());
      case ChangeOutcome.Repeated repeated ->
          applied.apply(request.tenant(), repeated.change().position());
      case ChangeOutcome.Refused refused -> {}
    }
    return outcome;
  }

  private ChangeOutcome write(ChangeRequest request) {
    try {
      return store.write(transaction -> perform(transaction, request));
    } catch (CommitOutcomeUnknownException e) {
      // The lock is free again only when the transaction in doubt has ended, and the key tells.
      return store.write(transaction -> perform(transaction, request));
    }
  }

  private ChangeOutcome perform(RevocationTransaction transaction, ChangeRequest request) {
    if (!Installation.isSteady(transaction.installation())) {
      return refused(Refusal.STATUS_RECOVERING, "the database was put back or promoted");
    }
    String tenant = request.tenant();
    FeedRecords records = transaction.feed();
    records.lockExclusively(tenant);
    Sha256 hash = request.hash();
    Optional<FeedRecords.AnsweredRequest> before =
        records.answered(tenant, request.idempotencyKey());
    if (before.isPresent()) {
      return repeated(records, tenant, hash, before.get());
    }
    FeedRow head = records.lockHead(tenant);
    return switch (draft(transaction, request, hash)) {
      case Drafted.No no -> no.refused();
      case Drafted.Yes yes -> {
        RecordedChange change =
            feed.append(transaction, head, transaction.installation().now(), List.of(yes.draft()))
                .getFirst();
        records.answer(
            tenant,
            request.idempotencyKey(),
            new FeedRecords.AnsweredRequest(hash, change.position()));
        yield new ChangeOutcome.Made(change);
      }
    };
  }

  private static ChangeOutcome repeated(
      FeedRecords records, String tenant, Sha256 hash, FeedRecords.AnsweredRequest before) {
    if (!before.request().equals(hash)) {
      return refused(
          Refusal.IDEMPOTENCY_KEY_REUSED,
          "the key belongs to another request, which became " + before.change());
    }
    return new ChangeOutcome.Repeated(
        records
            .change(tenant, before.change())
            .orElseThrow(() -> new IllegalStateException("an answered change is not there")));
  }

  private static Drafted draft(
      RevocationTransaction transaction, ChangeRequest request, Sha256 hash) {
    boolean namesChange = request.selector().value(SelectorAttribute.CHANGE).isPresent();
    return switch (request.kind()) {
      case REVOKE, SUSPEND -> {
        if (request.selector().isEmpty() || namesChange) {
          yield no(Refusal.SELECTOR_REFUSED, "a change cannot be withdrawn, only lifted");
        }
        Members members =
            new Selection(transaction.selection()).resolve(request.tenant(), request.selector());
        yield new Drafted.Yes(
            new Draft(
                request.kind(),
                request.reason(),
                hash,
                Optional.empty(),
                request.selector(),
                members));
      }
      case RESTORE -> new Restoring(transaction, request, hash).draft();
      case UNDO, PARTY_DISABLE, PARTY_ENABLE ->
          no(Refusal.KIND_REFUSED, request.kind().text() + " cannot be asked for");
    };
  }

  static Drafted.No no(Refusal why, String detail) {
    return new Drafted.No(new ChangeOutcome.Refused(why, detail));
  }

  private static ChangeOutcome refused(Refusal why, String detail) {
    return new ChangeOutcome.Refused(why, detail);
  }

  /** A change to be numbered, or why there is none. */
  sealed interface Drafted {
    record Yes(Draft draft) implements Drafted {}

    record No(ChangeOutcome.Refused refused) implements Drafted {}
  }
}
