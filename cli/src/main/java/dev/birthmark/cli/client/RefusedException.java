package dev.birthmark.cli.client;

/** A service understood the request and refused it; nothing was changed. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** What the service said. */
  public Problem problem() {
    return problem;
  }
}
