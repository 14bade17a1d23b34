package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Selector;

/**
 * A change of trust in force, as far as it concerns what is not issued yet: what matches is
 * refused.
 *
 * @param position of the change in the tenant's feed
 * @param revokes whether it revokes; else it suspends, and a restore lifts it
 * @param reason the change's reason, for people
 * @param selector what it was asked for by
 */
public record Recall(Position position, boolean revokes, String reason, Selector selector) {}
