package dev.birthmark.credential.log;

/**
 * The place of one entry, and so of one credential, in a log.
 *
 * @param index zero-based, 0 to 2^32 − 1, because a certificate serial has 32 bits for it
 */
public record Place(LogId log, long index) implements Comparable<Place> {

  /** The highest index that a certificate serial can carry. */
  public static final long MAX_INDEX = 0xFFFF_FFFFL;

  public Place {
    if (index < 0 || index > MAX_INDEX) {
      throw new IllegalArgumentException("log index " + index + " is not 0 to 2^32 - 1");
    }
  }

  @Override
  public int compareTo(Place other) {
    int byLog = log.compareTo(other.log);
    return byLog != 0 ? byLog : Long.compare(index, other.index);
  }

  @Override
  public String toString() {
    return log.hex() + "/" + index;
  }
}
