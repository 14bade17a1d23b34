package dev.birthmark.identity.server.mtls;

import dev.birthmark.edge.life.ForcedClose;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/**
 * One live connection of a device: the credential it was opened with, and how long it may go on.
 */
final class DeviceConnection {
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final HttpConnection http;
  private final PresentedCredential credential;
  private volatile long deadline;

  /**
   * @param http the established connection
   * @param credential what the device showed
   * @param deadline on the clock of {@link System#nanoTime}, when it is cut unless it is moved
   */
  DeviceConnection(HttpConnection http, PresentedCredential credential, long deadline) {
    this.http = http;
    this.credential = credential;
    this.deadline = deadline;
  }

  PresentedCredential credential() {
    return credential;
  }

  /** Moves the moment at which the connection is cut, on the clock of {@link System#nanoTime}. */
  void deadline(long moved) {
    deadline = moved;
  }

  /** Closes once the last answer is written, or shortly after if the peer does not read it. */
  void hangUp() {
    deadline = System.nanoTime() + LAST_WORDS.toNanos();
    http.close();
  }

  boolean isOverdue(long now) {
    return now - deadline > 0;
  }

  /**
   * Whether the credential has lost its standing. Where the node only cannot say at the moment, the
   * connection stays and its requests are told so.
   */
  boolean hasLostItsStanding() {
    return credential.now() instanceof Admission.Refused refused && !refused.retryable();
  }

  void cut() {
    ForcedClose.cut(http);
  }
}
