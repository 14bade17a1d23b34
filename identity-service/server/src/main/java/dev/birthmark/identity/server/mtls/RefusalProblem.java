package dev.birthmark.identity.server.mtls;

import dev.birthmark.edge.problem.ProblemKind;

/**
 * A refused credential as a kind of problem.
 *
 * @param reason the decider's machine-readable reason
 * @param nextStep what the device's developer can do about it
 * @param retryable whether waiting helps
 */
record RefusalProblem(String reason, String nextStep, boolean retryable) implements ProblemKind {
  @Override
  public int status() {
    return retryable ? 503 : 403;
  }

  @Override
  public String title() {
    return "The device's credential is not accepted";
  }

  @Override
  public int retryAfterSeconds() {
    return retryable ? 1 : 0;
  }
}
