package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;

/**
 * A change of the tenant's feed as it was received.
 *
 * @param position in the feed
 * @param der its octets, at most 64 MB
 * @param head the signed note over the feed that ends with it
 */
public record StoredChange(Position position, Octets der, String head) {}
