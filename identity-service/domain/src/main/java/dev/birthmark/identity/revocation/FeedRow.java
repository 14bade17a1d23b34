package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.pkix.Sha256;

/**
 * The head of a tenant's feed.
 *
 * @param tenant whose feed
 * @param position of the last change; {@link Position#START} before the first
 * @param hash SHA-256 of the last change's DER; zeros before the first
 * @param note the signed head, as text; empty before the first
 */
public record FeedRow(String tenant, Position position, Sha256 hash, String note) {

  /** The head of a feed that has no change yet. */
  public static FeedRow empty(String tenant) {
    return new FeedRow(tenant, Position.START, Change.NO_PREVIOUS, "");
  }
}
