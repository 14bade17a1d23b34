package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.feed.Position;

/** What one look at the feed came to. */
public sealed interface FollowResult {
  /**
   * Applied and acknowledged.
   *
   * @param changes how many; 0 if there was nothing new
   * @param position of the last change that is applied
   */
  record Followed(int changes, Position position) implements FollowResult {}

  /**
   * A change that is not what it should be: nothing of it and nothing after it was applied. The
   * site goes on issuing under what it has applied, and its entries say how much that is.
   *
   * @param detail for people
   */
  record Refused(String detail) implements FollowResult {}
}
