package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.pkix.Sha256;
import java.util.Arrays;

/**
 * A change and its DER. Kept together because a reader may know less than the writer did: a reason
 * from a later version reads as unspecified, yet the hash is that of the octets as they were sent.
 */
public final class EncodedChange {
  /** Octets of the largest change: its bitmaps. */
  public static final int MAX_LENGTH = 64 << 20;

  private final Change change;
  private final byte[] der;
  private final Sha256 hash;

  private EncodedChange(Change change, byte[] der) {
    this.change = change;
    this.der = der;
    this.hash = Sha256.of(der);
  }

  /** Encodes a change. */
  public static EncodedChange of(Change change) {
    return new EncodedChange(change, ChangeCodec.encode(change));
  }

  /**
   * Reads a change; only its canonical DER is taken.
   *
   * @throws UnknownVersionException if it is of a version after ours: nothing moves
   */
  public static EncodedChange parse(byte[] der) throws MalformedException, UnknownVersionException {
    byte[] copy = der.clone();
    return new EncodedChange(ChangeCodec.parse(copy), copy);
  }

  /** What it says. */
  public Change change() {
    return change;
  }

  /** The octets, a copy. */
  public byte[] der() {
    return der.clone();
  }

  /** SHA-256 of the octets: what the next change's {@code previous} is. */
  public Sha256 hash() {
    return hash;
  }

  /**
   * Whether this is the change right after {@code before}: of the same tenant, with its hash as
   * {@code previous}, and the next number of the same incarnation or any of a later one.
   */
  public boolean follows(EncodedChange before) {
    Position mine = change.position();
    Position theirs = before.change.position();
    return change.tenant().equals(before.change.tenant())
        && change.previous().equals(before.hash)
        && (mine.incarnation() > theirs.incarnation() || mine.equals(theirs.next()));
  }

  /** Whether this is the very first change of a feed. */
  public boolean isFirst() {
    return change.previous().equals(Change.NO_PREVIOUS) && change.position().number() == 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedChange that && Arrays.equals(der, that.der);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return change.tenant() + " " + change.position() + " " + change.kind().text();
  }
}
