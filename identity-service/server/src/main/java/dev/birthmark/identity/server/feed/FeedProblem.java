package dev.birthmark.identity.server.feed;

import dev.birthmark.edge.problem.ProblemKind;

/** The problem that only the feed has. */
enum FeedProblem implements ProblemKind {
  /** A cursor that this feed never gave. */
  POSITION_BEYOND_HEAD;

  @Override
  public String reason() {
    return "position-beyond-head";
  }

  @Override
  public int status() {
    return 409;
  }

  @Override
  public String title() {
    return "The position lies beyond the feed's end";
  }

  @Override
  public String nextStep() {
    return "Tell the administrator: the identity service's database may have been put back.";
  }
}
