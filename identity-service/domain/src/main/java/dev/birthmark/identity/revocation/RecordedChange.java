package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.feed.Position;

/**
 * A change as it stands in the feed.
 *
 * @param encoded what it says, its octets and their hash
 * @param head the feed's signed head at this change, as text
 */
public record RecordedChange(EncodedChange encoded, String head) {

  /** Whose feed. */
  public String tenant() {
    return encoded.change().tenant();
  }

  /** Its number. */
  public Position position() {
    return encoded.change().position();
  }

  /** What it does. */
  public ChangeKind kind() {
    return encoded.change().kind();
  }

  /** How many credentials it names. */
  public long members() {
    return encoded.change().members().cardinality();
  }
}
