package dev.birthmark.enrollment.ceremony;

/** What a key of a ceremony is for. */
public enum KeyRole {
  /** The offline root's: kept apart, no service ever reads it. */
  ROOT,
  /** The issuing authority's. */
  ISSUER,
  /** The log's. */
  LOG,
  /** The one with which the site connects to the identity service. */
  SITE_CLIENT
}
