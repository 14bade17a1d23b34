package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.log.LogId;

/**
 * How much of a log the identity service has taken over and cosigned.
 *
 * @param log the log
 * @param size entries, 0..2^32
 * @param checkpoint the note of that size with the identity service's cosignature; empty at size 0
 */
public record Registered(LogId log, long size, String checkpoint) {
  /** Refuses a negative size. */
  public Registered {
    if (size < 0) {
      throw new IllegalArgumentException("a log's size is not negative: " + size);
    }
  }
}
