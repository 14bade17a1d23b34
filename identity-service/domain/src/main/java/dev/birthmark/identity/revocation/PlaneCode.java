package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import java.util.Optional;

/**
 * Which bit plane of a log. Three decide: revoked, held, bad. One more for each kind and reason
 * that was ever used tells why, and is looked at only when a device has been denied.
 *
 * @param value 0 revoked, 1 held, 2 bad; 1,000 and 2,000 plus the reason's number: revoked, held
 *     for this reason
 */
public record PlaneCode(int value) implements Comparable<PlaneCode> {

  /** Withdrawn for good. */
  public static final PlaneCode REVOKED = new PlaneCode(0);

  /** Suspended. */
  public static final PlaneCode HELD = new PlaneCode(1);

  /** The entry failed its own check. */
  public static final PlaneCode BAD = new PlaneCode(2);

  private static final int REVOKED_FOR = 1_000;
  private static final int HELD_FOR = 2_000;

  public PlaneCode {
    if (value < 0 || (value > 2 && value < REVOKED_FOR) || value >= 3_000) {
      throw new IllegalArgumentException("no plane has the code " + value);
    }
  }

  /** The plane of those that a change of this kind and reason withdrew. */
  public static PlaneCode why(ChangeKind kind, Reason reason) {
    return switch (kind) {
      case REVOKE -> new PlaneCode(REVOKED_FOR + reason.number());
      case SUSPEND -> new PlaneCode(HELD_FOR + reason.number());
      case RESTORE, UNDO, PARTY_DISABLE, PARTY_ENABLE ->
          throw new IllegalArgumentException(kind.text() + " withdraws nothing");
    };
  }

  /** The reason, if this plane tells why credentials are revoked. */
  public Optional<Reason> revokedFor() {
    return value >= REVOKED_FOR && value < HELD_FOR
        ? Optional.of(Reason.fromNumber(value - REVOKED_FOR))
        : Optional.empty();
  }

  /** The reason, if this plane tells why credentials are held. */
  public Optional<Reason> heldFor() {
    return value >= HELD_FOR ? Optional.of(Reason.fromNumber(value - HELD_FOR)) : Optional.empty();
  }

  @Override
  public int compareTo(PlaneCode other) {
    return Integer.compare(value, other.value);
  }
}
