package dev.birthmark.enrollment.request;

import dev.birthmark.enrollment.issuance.GatedRequest;

/** What the gate says of a request. */
public sealed interface GateOutcome {

  /** It may be issued for. */
  record Accepted(GatedRequest request) implements GateOutcome {}

  /**
   * It may not, whatever the site's records say.
   *
   * @param reason the stable word, such as {@code key-encoding}
   * @param part of the request that is at fault
   * @param detail for the caller; repeats nothing of the request
   */
  record Refused(String reason, String part, String detail) implements GateOutcome {}
}
