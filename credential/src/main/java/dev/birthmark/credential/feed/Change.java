package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One change of trust: one number of the tenant's feed, whatever the number of credentials. Its
 * octets, and so its hash, are an {@link EncodedChange}.
 *
 * @param tenant whose feed
 * @param position in it; numbers start at 1
 * @param previous the hash of the change before; {@link #NO_PREVIOUS} for the very first
 * @param at when, whole seconds, UTC
 * @param kind what it does
 * @param reason why
 * @param request SHA-256 of Idempotency-Key and body of the request
 * @param cause the change that it follows on, lifts or undoes
 * @param selector what it was asked for by
 * @param members whose credentials, as far as they were known
 */
public record Change(
    String tenant,
    Position position,
    Sha256 previous,
    Instant at,
    ChangeKind kind,
    Reason reason,
    Sha256 request,
    Optional<Position> cause,
    Selector selector,
    Members members) {
  /** What the very first change of a feed follows: 32 zeros. */
  public static final Sha256 NO_PREVIOUS = new Sha256(new byte[Sha256.LENGTH]);

  /** Octets of the longest tenant name. */
  public static final int MAX_TENANT = 255;

  /** Refuses what could not be encoded and read back the same. */
  public Change {
    BoundedText.check("tenant", tenant, 1, MAX_TENANT);
    if (position.number() < 1) {
      throw new IllegalArgumentException("changes are numbered from 1");
    }
    if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("at is in whole seconds");
    }
  }
}
