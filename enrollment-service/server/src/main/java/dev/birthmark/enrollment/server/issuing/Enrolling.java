package dev.birthmark.enrollment.server.issuing;

import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.registration.Refusals;
import dev.birthmark.enrollment.registration.Registration;
import dev.birthmark.enrollment.request.EnrollmentRequest;
import dev.birthmark.enrollment.request.GateOutcome;
import dev.birthmark.enrollment.request.RequestGate;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way of every enrollment, at whatever entrance: through the gate on all processors, then in a
 * group to the issuer. So the same request gets the same answer everywhere.
 */
@Singleton
public final class Enrolling {

  private final RequestGate gate;
  private final GroupCommit groups;
  private final Registration registration;
  private final IssuingMetrics metrics;

  Enrolling(
      RequestGate gate, GroupCommit groups, Registration registration, IssuingMetrics metrics) {
    this.gate = gate;
    this.groups = groups;
    this.registration = registration;
    this.metrics = metrics;
  }

  /** Enrolls one device, and waits until that is durable. */
  public EnrollmentOutcome enroll(EnrollmentRequest asked, String party) {
    return outcomes(List.of(asked), List.of(gate.judge(asked, party))).get(0);
  }

  /**
   * Enrolls several devices, and waits until that is durable.
   *
   * @param party the authenticated caller
   * @return one outcome for each, in the same order
   * @throws dev.birthmark.enrollment.site.StoreUnavailableException if it is not known what was
   *     issued; asking for all again is safe
   */
  public List<EnrollmentOutcome> enroll(List<EnrollmentRequest> asked, String party) {
    return outcomes(asked, asked.parallelStream().map(one -> gate.judge(one, party)).toList());
  }

  private List<EnrollmentOutcome> outcomes(
      List<EnrollmentRequest> asked, List<GateOutcome> judged) {
    countRefused(asked, judged);
    List<GatedRequest> accepted =
        judged.stream()
            .flatMap(one ->
                one instanceof GateOutcome.Accepted yes ? Stream.of(yes.request()) : Stream.empty())
            .toList();
    Iterator<IssuanceOutcome> issued = groups.issue(accepted).iterator();
    List<EnrollmentOutcome> outcomes = new ArrayList<>(asked.size());
    for (GateOutcome one : judged) {
      EnrollmentOutcome outcome =
          switch (one) {
            case GateOutcome.Refused(var reason, var part, var detail) ->
                new EnrollmentOutcome.Refused(reason, part, detail);
            case GateOutcome.Accepted(var _, var ignored) -> outcome(issued.next(), ignored);
          };
      metrics.count(outcome);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static EnrollmentOutcome outcome(IssuanceOutcome issued, List<String> ignored) {
    return switch (issued) {
      case IssuanceOutcome.Issued(var enrollment) ->
          new EnrollmentOutcome.Enrolled(enrollment, true, ignored);
      case IssuanceOutcome.AlreadyIssued(var enrollment) ->
          new EnrollmentOutcome.Enrolled(enrollment, false, ignored);
      case IssuanceOutcome.Refused(var reason, var detail) ->
          new EnrollmentOutcome.Refused(reason.label(), "", detail);
    };
  }

  /** What the gate refuses stands in the order's account too; the issuer counts what it refuses. */
  private void countRefused(List<EnrollmentRequest> asked, List<GateOutcome> judged) {
    List<Refusals> refusals = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i) instanceof GateOutcome.Refused refused) {
        refusals.add(new Refusals(asked.get(i).order(), refused.reason(), 1));
      }
    }
    if (!refusals.isEmpty()) {
      registration.countRefused(refusals);
    }
  }
}
