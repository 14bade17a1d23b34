package dev.birthmark.identity.server.rest;

import dev.birthmark.edge.problem.ListedProblem;

/** The problems that only this service has; {@code docs/problems.md} lists them. */
enum IdentityProblem implements ListedProblem {
  QUESTION("question", 400, "That is no question", "Name a chain, a certificate or a fingerprint."),
  CURSOR("malformed-cursor", 400, "The cursor is none", "Use a cursor that an answer gave."),
  SELECTOR("selector", 400, "The selector is none", "Select by one attribute with its value."),
  IDEMPOTENCY_KEY(
      "idempotency-key",
      400,
      "An Idempotency-Key is needed",
      "Send a header Idempotency-Key of 1 to 255 printable characters, new for each new request."),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency-key-reused",
      409,
      "The key was used for another request",
      "Use a new key for a new request."),
  REVOKED_IS_FINAL(
      "revoked-is-final", 409, "A revocation cannot be lifted", "Enroll the device again."),
  RESTORE_NEEDS_CHANGE(
      "restore-needs-change",
      400,
      "A restore by attribute has to say which change it lifts",
      "Select by change: {\"change\": \"0:7\"}, or by device or certificate."),
  CHANGE_UNKNOWN("change-unknown", 404, "There is no such change", "Look it up in the feed."),
  CHANGE_NOT_IN_FORCE(
      "change-not-in-force", 409, "The change holds nothing any more", "Nothing need be done."),
  SELECTOR_REFUSED(
      "selector-refused",
      400,
      "The selector does not fit this kind of change",
      "Select by device, certificate or attribute."),
  KIND_REFUSED(
      "kind-refused",
      400,
      "This kind of change cannot be asked for",
      "Ask for revoke, suspend or restore."),
  STATUS_RECOVERING(
      "status-recovering",
      503,
      "The database was put back or promoted",
      "An administrator has to recover the status first."),
  CONSUMER_NAME("consumer-name", 400, "That is no name", "Use 1 to 255 of A-Z a-z 0-9 . _ : -"),
  CONSUMER_VERSIONS(
      "consumer-versions",
      400,
      "The consumer does not read the changes that are written",
      "Upgrade the consumer, and send the versions that it reads."),
  CONSUMER_NAME_TAKEN(
      "consumer-name-taken", 409, "The name belongs to somebody else", "Choose another name."),
  CONSUMERS_TOO_MANY(
      "consumers-too-many", 409, "The tenant has too many consumers", "Use fewer names."),
  CONSUMER_UNKNOWN(
      "consumer-unknown", 404, "No such consumer is registered", "Register the consumer first."),
  POSITION_UNKNOWN(
      "position-unknown",
      409,
      "The feed has no such change",
      "Resume from a position of this feed."),
  POSITION_BEYOND_HEAD(
      "position-beyond-head",
      409,
      "The position lies beyond the feed's end",
      "Tell the administrator: the identity service's database may have been put back."),
  PROOF_WRONG(
      "proof-wrong",
      409,
      "The proof is not of this change and this name",
      "Hash the consumer's name, a zero octet and the change's DER with SHA-256."),
  BUNDLE_MALFORMED("bundle-malformed", 400, "That is no sound bundle", "Send the bundle as it is."),
  BUNDLE_VERSION(
      "bundle-version", 400, "The bundle is of an unknown version", "Upgrade this service first."),
  TENANT_MISMATCH(
      "tenant-mismatch",
      403,
      "The bundle names another tenant",
      "Register it as an administrator of that tenant."),
  BUNDLE_SUPERSEDED(
      "bundle-superseded",
      409,
      "A newer bundle is registered",
      "Send a bundle with a higher number."),
  KEY_TAKEN("key-taken", 409, "A key belongs to another site", "Hold the ceremony with new keys."),
  LOG_TAKEN("log-taken", 409, "A log belongs to another site", "Choose another origin."),
  LOG_KEY_CHANGED(
      "log-key-changed", 409, "A known log has another key", "A log keeps its key for ever."),
  SITE_UNKNOWN("site-unknown", 404, "There is no such site", "Look at the list of sites."),
  LOG_UNKNOWN("log-unknown", 404, "There is no such log", "Check the log's id."),
  LOG_SIZE(
      "log-size", 409, "The push does not begin where the log ends", "Push from the size given."),
  PUSH_MALFORMED("push-malformed", 400, "The push cannot be read", "Send a note and a bundle."),
  PUSH_TOO_LARGE("too-large", 413, "The push is too large", "Push at most 8 MB at once."),
  BAD_SIGNATURE(
      "bad-signature", 403, "The checkpoint is not the log's", "Sign with the log's key."),
  FOREIGN_LOG("foreign-log", 404, "The log is not this site's", "Push your own log."),
  UNKNOWN_VERSION(
      "unknown-version", 400, "An entry is of an unknown version", "Upgrade this service first."),
  LOG_CLOSED("log-closed", 409, "The log is closed", "Go on in the site's next log."),
  LOG_FORKED(
      "log-forked",
      409,
      "The tree contradicts the one that is mirrored",
      "Find out who has the log's key: an alarm was raised."),
  DEVICE_UNKNOWN("device-unknown", 404, "There is no such device", "Check the device id.");

  private final Words words;

  IdentityProblem(String reason, int status, String title, String nextStep) {
    this.words = new Words(reason, status, title, nextStep);
  }

  /** The problem that a word of the domain stands for. */
  static IdentityProblem of(String reason) {
    for (IdentityProblem problem : values()) {
      if (problem.reason().equals(reason)) {
        return problem;
      }
    }
    throw new IllegalArgumentException("no problem is called " + reason);
  }

  @Override
  public Words words() {
    return words;
  }

  @Override
  public int retryAfterSeconds() {
    return status() == 503 ? 5 : 0;
  }
}
