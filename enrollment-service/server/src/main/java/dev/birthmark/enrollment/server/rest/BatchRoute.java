package dev.birthmark.enrollment.server.rest;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.ndjson.LineProblem;
import dev.birthmark.edge.ndjson.NdjsonLimits;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import dev.birthmark.edge.ndjson.Row;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.registration.Refusals;
import dev.birthmark.enrollment.registration.Registration;
import dev.birthmark.enrollment.request.GateOutcome;
import dev.birthmark.enrollment.request.RequestGate;
import dev.birthmark.enrollment.server.config.SiteTenant;
import dev.birthmark.enrollment.server.issuing.GroupCommit;
import dev.birthmark.enrollment.server.rest.EnrollmentResource.NewEnrollment;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/enrollments/batch}: a device a line, in and out, in the same order. */
@Singleton
final class BatchRoute {

  private final RequestGate gate;
  private final GroupCommit groups;
  private final Registration registration;
  private final SiteTenant tenant;
  private final EnrollmentView.Writer writer;

  BatchRoute(
      RequestGate gate,
      GroupCommit groups,
      Registration registration,
      SiteTenant tenant,
      EnrollmentView.Writer writer) {
    this.gate = gate;
    this.groups = groups;
    this.registration = registration;
    this.tenant = tenant;
    this.writer = writer;
  }

  void routes(@Observes Router router, NdjsonRoutes ndjson) {
    ndjson.mount(
        router, "/v1/enrollments/batch", NewEnrollment.class, NdjsonLimits.DEFAULT, this::answer);
  }

  private List<?> answer(Caller caller, List<Row<NewEnrollment>> rows) {
    tenant.check(caller);
    List<GateOutcome> judged =
        rows.parallelStream()
            .map(row -> gate.judge(row.value().toRequest(), caller.party()))
            .toList();
    List<GatedRequest> accepted = new ArrayList<>();
    List<Refusals> refusals = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      switch (judged.get(i)) {
        case GateOutcome.Accepted(var request) -> accepted.add(request);
        case GateOutcome.Refused refused ->
            refusals.add(
                new Refusals(OrderResource.text(rows.get(i).value().order()), refused.reason(), 1));
      }
    }
    if (!refusals.isEmpty()) {
      registration.countRefused(refusals);
    }
    Iterator<IssuanceOutcome> outcomes = groups.issue(accepted).iterator();
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      answers.add(
          switch (judged.get(i)) {
            case GateOutcome.Accepted _ -> written(rows.get(i), outcomes.next());
            case GateOutcome.Refused refused ->
                refused(rows.get(i), EnrollmentResource.problem(refused));
          });
    }
    return answers;
  }

  private Object written(Row<NewEnrollment> row, IssuanceOutcome outcome) {
    return switch (outcome) {
      case IssuanceOutcome.Issued(var enrollment) ->
          writer.write(enrollment, row.line(), 201, null);
      case IssuanceOutcome.AlreadyIssued(var enrollment) ->
          writer.write(enrollment, row.line(), 200, null);
      case IssuanceOutcome.Refused refused -> refused(row, EnrollmentResource.problem(refused));
    };
  }

  private static LineProblem refused(Row<NewEnrollment> row, Problem problem) {
    return new LineProblem(
        row.line(), Map.of("deviceId", OrderResource.text(row.value().deviceId())), problem);
  }
}
