package dev.birthmark.credential.encoding;

/**
 * A record of a version that this reader does not know. Not a malformed record: readers are
 * upgraded before writers, so whoever meets one refuses it and nothing moves.
 */
public final class UnknownVersionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long version;

  /** A {@code record} (such as {@code "entry"}) of {@code version}. */
  public UnknownVersionException(String record, long version) {
    super(record + " of version " + version);
    this.version = version;
  }

  /** The version that was found. */
  public long version() {
    return version;
  }
}
