package dev.birthmark.enrollment.uplink;

import java.time.Instant;

/** What the identity service answers a push with. */
public sealed interface PushAnswer {
  /**
   * The log there is at least as long as the push would have made it.
   *
   * @param size entries taken over
   * @param checkpoint the cosigned note of that size
   * @param time of the answer, by the identity service's clock
   */
  record Accepted(long size, String checkpoint, Instant time) implements PushAnswer {}

  /**
   * The push does not begin where the log there ends (409 {@code log-size}).
   *
   * @param size where it ends
   */
  record SizeDiffers(long size) implements PushAnswer {}

  /**
   * Nothing was taken.
   *
   * @param reason the stable word; {@link #FORK} and {@link #CLOSED} change the site's standing
   * @param detail for people
   */
  record Refused(String reason, String detail) implements PushAnswer {}

  /** The log key signed another tree than the one that is mirrored. */
  String FORK = "log-forked";

  /** The log was closed. */
  String CLOSED = "log-closed";
}
