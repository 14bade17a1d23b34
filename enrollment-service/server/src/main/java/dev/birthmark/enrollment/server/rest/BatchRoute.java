package dev.birthmark.enrollment.server.rest;

import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.ndjson.LineProblem;
import dev.birthmark.edge.ndjson.NdjsonLimits;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import dev.birthmark.edge.ndjson.Row;
import dev.birthmark.enrollment.server.config.SiteTenant;
import dev.birthmark.enrollment.server.issuing.Enrolling;
import dev.birthmark.enrollment.server.issuing.EnrollmentOutcome;
import dev.birthmark.enrollment.server.rest.EnrollmentResource.NewEnrollment;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** {@code POST /v1/enrollments/batch}: a device a line, in and out, in the same order. */
@Singleton
final class BatchRoute {

  private final Enrolling enrolling;
  private final SiteTenant tenant;
  private final EnrollmentView.Writer writer;

  BatchRoute(Enrolling enrolling, SiteTenant tenant, EnrollmentView.Writer writer) {
    this.enrolling = enrolling;
    this.tenant = tenant;
    this.writer = writer;
  }

  void routes(@Observes Router router, NdjsonRoutes ndjson) {
    ndjson.mount(
        router, "/v1/enrollments/batch", NewEnrollment.class, NdjsonLimits.DEFAULT, this::answer);
  }

  private List<?> answer(Caller caller, List<Row<NewEnrollment>> rows) {
    tenant.check(caller);
    List<EnrollmentOutcome> outcomes =
        enrolling.enroll(
            rows.stream().map(row -> row.value().toRequest()).toList(), caller.party());
    List<Object> answers = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row<NewEnrollment> row = rows.get(i);
      answers.add(
          switch (outcomes.get(i)) {
            case EnrollmentOutcome.Enrolled enrolled -> written(row, enrolled);
            case EnrollmentOutcome.Refused refused ->
                new LineProblem(row.line(), about(row), EnrollmentResource.problem(refused));
          });
    }
    return answers;
  }

  private EnrollmentView written(Row<NewEnrollment> row, EnrollmentOutcome.Enrolled enrolled) {
    Status status = enrolled.anew() ? Status.CREATED : Status.OK;
    return writer.write(
        enrolled.enrollment(), row.line(), status.getStatusCode(), enrolled.ignored(), null);
  }

  /** What is no device id is not repeated: it may be anything, even what no JSON text can hold. */
  private static Map<String, Object> about(Row<NewEnrollment> row) {
    String device = OrderResource.text(row.value().deviceId());
    return DeviceId.fault(device) == null ? Map.of("deviceId", device) : Map.of();
  }
}
