package dev.birthmark.edge.problem;

import java.net.URI;

/**
 * One kind of problem: its stable reason and what follows from it. A service lists its own kinds in
 * an enum that implements this interface; {@link CommonProblem} has those that every service knows.
 */
public interface ProblemKind {

  /** The stable, machine-readable name: lower-case words with hyphens. */
  String reason();

  /** The HTTP status code, 400 to 599. */
  int status();

  /** What happened, the same for every occurrence. */
  String title();

  /** What the caller can do about it. */
  String nextStep();

  /**
   * Seconds after which the same request may succeed, sent as {@code Retry-After}; 0 where waiting
   * does not help.
   */
  default int retryAfterSeconds() {
    return 0;
  }

  /** The stable address that identifies the kind, {@code type} of RFC 9457 §3.1.1. */
  default URI type() {
    return URI.create("https://birthmark.dev/problems/" + reason());
  }
}
