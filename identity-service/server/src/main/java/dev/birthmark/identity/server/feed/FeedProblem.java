package dev.birthmark.identity.server.feed;

import dev.birthmark.edge.problem.ListedProblem;

/** The problem that only the feed has. */
enum FeedProblem implements ListedProblem {
  /** A cursor that this feed never gave. */
  POSITION_BEYOND_HEAD(
      new Words(
          "position-beyond-head",
          409,
          "The position lies beyond the feed's end",
          "Tell the administrator: the identity service's database may have been put back."));

  private final Words words;

  FeedProblem(Words words) {
    this.words = words;
  }

  @Override
  public Words words() {
    return words;
  }
}
