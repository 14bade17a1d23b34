package dev.birthmark.edge.problem;

/**
 * Carries a problem from where an edge found it to where it is answered. Has no stack trace: it is
 * an answer.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.kind().reason() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
