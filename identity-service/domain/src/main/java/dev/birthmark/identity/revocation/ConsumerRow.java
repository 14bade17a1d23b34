package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Position;
import java.time.Instant;

/**
 * One who follows a tenant's feed.
 *
 * @param tenant whose feed
 * @param name 1 to 255 characters, unique in the tenant
 * @param kind what it is
 * @param subject the token's subject, the site's name or the replica's, which alone may acknowledge
 * @param position what it has acknowledged; {@link Position#START} if nothing
 * @param leaseUntil until when it is waited for after a restore
 */
public record ConsumerRow(
    String tenant, String name, Kind kind, String subject, Position position, Instant leaseUntil) {

  /** What follows a feed. */
  public enum Kind {
    /** A replica of the identity service. */
    REPLICA("replica"),
    /** A site's enrollment service. */
    SITE("site"),
    /** A backend. */
    CONSUMER("consumer");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word for it in answers and in the store. */
    public String text() {
      return text;
    }
  }
}
