package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.pkix.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * The tenants' feeds. Locks are held to the end of the transaction. Their order, after a log's row
 * and the registry's inserts: the feed's lock, shared or exclusive, then its head.
 */
public interface FeedRecords {

  /** Takes the tenant's feed lock alone: waits for every ingest that holds it shared. */
  void lockExclusively(String tenant);

  /** Takes the tenant's feed lock shared: waits for the change that holds it alone. */
  void lockShared(String tenant);

  /**
   * Locks the tenant's head and reads it; makes an empty one if the tenant has none. Only whoever
   * holds the feed's lock, shared or alone, may ask.
   */
  FeedRow lockHead(String tenant);

  /** Reads the tenant's head without a lock. */
  Optional<FeedRow> head(String tenant);

  /** All heads, ordered by tenant. */
  List<FeedRow> heads();

  /** Makes an empty head if the tenant has none. */
  void open(String tenant);

  /**
   * Adds the next change and moves the head to it ({@link RecordedChange#head()} becomes its note).
   * The head is locked by this transaction and the change's number is the next one.
   */
  void append(RecordedChange change);

  /** Replaces the note of a locked head, when only the logs have grown. */
  void renote(String tenant, String note);

  /** One change. */
  Optional<RecordedChange> change(String tenant, Position position);

  /**
   * The tenant's changes after a position, in the order of positions.
   *
   * @param limit at most so many, 1 to 1,000
   */
  List<RecordedChange> after(String tenant, Position after, int limit);

  /** The change that was made for an idempotency key. */
  Optional<AnsweredRequest> answered(String tenant, String idempotencyKey);

  /** Keeps what was made for an idempotency key, which is not there yet. */
  void answer(String tenant, String idempotencyKey, AnsweredRequest request);

  /**
   * What a request with an idempotency key became.
   *
   * @param request SHA-256 over key and body, by which another body is found out
   * @param change the change that was made
   */
  record AnsweredRequest(Sha256 request, Position change) {}
}
