package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.trust.IdentityBundle;

/** What became of an administrator's request about a site. */
public sealed interface SiteOutcome {

  /**
   * The site is registered.
   *
   * @param site its name
   * @param bundle what the site is to be given
   * @param fresh whether it was not registered before
   */
  record Registered(SiteName site, IdentityBundle bundle, boolean fresh) implements SiteOutcome {}

  /**
   * The open log is closed for good and the next one may be written.
   *
   * @param closed the log that was open
   * @param size where it ends for ever
   * @param next the log that the site issues in from now on
   * @param nextOrigin its origin
   */
  record Reopened(LogId closed, long size, LogId next, String nextOrigin) implements SiteOutcome {}

  /** Nothing was changed. */
  record Refused(Refusal why, String detail) implements SiteOutcome {}

  /** Why a request about a site is refused. */
  enum Refusal {
    /** The text is no sound bundle. */
    BUNDLE_MALFORMED("bundle-malformed"),
    /** The bundle is of a version that this reader does not know. */
    BUNDLE_VERSION("bundle-version"),
    /** The bundle names another tenant than the administrator's. */
    TENANT_MISMATCH("tenant-mismatch"),
    /** A bundle with a higher number is registered, or another one with this number. */
    BUNDLE_SUPERSEDED("bundle-superseded"),
    /** A key in it belongs to another site. */
    KEY_TAKEN("key-taken"),
    /** A log in it, or one with the same serial bits, belongs to another site. */
    LOG_TAKEN("log-taken"),
    /** It does not list the key of a log that the site has. */
    LOG_KEY_CHANGED("log-key-changed"),
    /** There is no such site. */
    SITE_UNKNOWN("site-unknown"),
    /** The database was put back. */
    STATUS_RECOVERING("status-recovering");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /** The stable word for it. */
    public String text() {
      return text;
    }
  }
}
