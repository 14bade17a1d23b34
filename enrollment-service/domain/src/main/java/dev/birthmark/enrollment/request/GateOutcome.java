package dev.birthmark.enrollment.request;

import dev.birthmark.enrollment.issuance.GatedRequest;
import java.util.List;

/** What the gate says of a request. */
public sealed interface GateOutcome {

  /**
   * It may be issued for.
   *
   * @param ignored what else the certification request asked for, by name or OID; it has no effect
   */
  record Accepted(GatedRequest request, List<String> ignored) implements GateOutcome {
    /** Keeps a copy of the list. */
    public Accepted {
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * It may not, whatever the site's records say.
   *
   * @param reason the stable word, such as {@code key-encoding}
   * @param part of the request that is at fault
   * @param detail for the caller; repeats nothing of the request
   */
  record Refused(String reason, String part, String detail) implements GateOutcome {}
}
