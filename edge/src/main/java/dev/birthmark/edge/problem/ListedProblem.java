package dev.birthmark.edge.problem;

/** A kind of problem that stands in a list of them: an enum's constant, which holds its words. */
public interface ListedProblem extends ProblemKind {

  /**
   * What a kind of problem says.
   *
   * @param reason see {@link ProblemKind#reason()}
   * @param status see {@link ProblemKind#status()}
   * @param title see {@link ProblemKind#title()}
   * @param nextStep see {@link ProblemKind#nextStep()}
   */
  record Words(String reason, int status, String title, String nextStep) {}

  /** What this kind says. */
  Words words();

  @Override
  default String reason() {
    return words().reason();
  }

  @Override
  default int status() {
    return words().status();
  }

  @Override
  default String title() {
    return words().title();
  }

  @Override
  default String nextStep() {
    return words().nextStep();
  }
}
