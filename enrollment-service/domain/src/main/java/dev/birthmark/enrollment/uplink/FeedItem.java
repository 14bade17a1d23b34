package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;

/**
 * A change as it is sent.
 *
 * @param der its octets, at most 64 MB
 * @param head the signed note over the feed that ends with it
 */
public record FeedItem(Octets der, String head) {}
