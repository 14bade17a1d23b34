package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.LogId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody must look at. Raised once: a second one of the same tenant, kind, log and
 * subject is dropped.
 *
 * @param tenant who is told
 * @param kind what it is
 * @param site whose site
 * @param log in which log
 * @param subject what tells it from others of its kind and log: an index, a root in hexadecimal
 * @param at the database's time
 * @param detail in words, for people
 */
public record Alarm(
    String tenant,
    Kind kind,
    Optional<String> site,
    Optional<LogId> log,
    String subject,
    Instant at,
    String detail) {

  /** What there is to look at. */
  public enum Kind {
    /** A log key signed two trees that do not agree. */
    FORK("fork"),
    /** An entry failed its own check. */
    BAD_ENTRY("bad-entry"),
    /** A certificate that the issuer's key signed is not the one at its place in the log. */
    LOG_MISMATCH("log-mismatch"),
    /** More than was ordered, or without an order. */
    OVER_PRODUCTION("over-production"),
    /** A site issued what it knew to be recalled. */
    ISSUED_AGAINST_RECALL("issued-against-recall"),
    /** Somebody holds a later position than this database has. */
    BEYOND_HEAD("beyond-head"),
    /** The database is not the one that was served from before. */
    DATABASE_PUT_BACK("database-put-back");

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
