package dev.birthmark.enrollment.site;

/**
 * A site's state and why it is in it.
 *
 * @param state the state
 * @param reason for people, at most 500 characters; empty where the state says all
 */
public record Standing(SiteState state, String reason) {
  /** The longest reason, in characters. */
  public static final int MAX_REASON = 500;

  /** Cuts a reason that is too long: losing its end is better than losing the state. */
  public Standing {
    if (reason.length() > MAX_REASON) {
      reason = reason.substring(0, MAX_REASON);
    }
  }

  /** A state that needs no reason. */
  public static Standing of(SiteState state) {
    return new Standing(state, "");
  }
}
