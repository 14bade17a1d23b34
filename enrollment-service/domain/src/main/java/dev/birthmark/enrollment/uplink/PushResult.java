package dev.birthmark.enrollment.uplink;

/** What one push came to. */
public sealed interface PushResult {
  /** Everything issued is registered. */
  record UpToDate(Registered registered) implements PushResult {}

  /** More is registered than before; there may be more to push. */
  record Pushed(Registered registered) implements PushResult {}

  /** Nothing moved, for a reason that may pass; the site's standing is as before. */
  record Refused(String reason, String detail) implements PushResult {}

  /** The site no longer issues: its standing says why. */
  record StandingChanged() implements PushResult {}

  /** The site's standing allows no push. */
  record NotNow() implements PushResult {}
}
