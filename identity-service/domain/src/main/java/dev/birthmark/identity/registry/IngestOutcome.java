package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Position;
import java.time.Instant;

/** What became of a push. */
public sealed interface IngestOutcome {

  /**
   * The log is at least as long as the push would have made it.
   *
   * @param size entries taken in
   * @param checkpoint the last checkpoint, cosigned, as a note; empty for an empty log
   * @param time the database's, by which the site checks its clock
   * @param feed the tenant's feed position
   */
  record Accepted(long size, String checkpoint, Instant time, Position feed)
      implements IngestOutcome {}

  /**
   * The push does not begin where the log ends.
   *
   * @param size where it ends
   */
  record WrongFrom(long size) implements IngestOutcome {}

  /** Nothing was taken in. */
  record Refused(Refusal why, String detail) implements IngestOutcome {}

  /** Why a whole push is refused. */
  enum Refusal {
    /** The octets are not a checkpoint and entries. */
    MALFORMED("malformed"),
    /** More than is taken at once. */
    TOO_LARGE("too-large"),
    /** The checkpoint is not signed by the log's key. */
    BAD_SIGNATURE("bad-signature"),
    /** The log is not registered for this site. */
    FOREIGN_LOG("foreign-log"),
    /** An entry is of a version that this reader does not know. */
    UNKNOWN_VERSION("unknown-version"),
    /** The log was closed. */
    LOG_CLOSED("log-closed"),
    /** The tree contradicts the one that is mirrored here; an alarm was raised. */
    FORK("log-forked"),
    /** The database was put back. */
    STATUS_RECOVERING("status-recovering");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /** The stable word for it. */
    public String text() {
      return text;
    }
  }
}
