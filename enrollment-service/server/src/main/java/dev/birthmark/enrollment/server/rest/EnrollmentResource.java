package dev.birthmark.enrollment.server.rest;

import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.issuance.Enrollment;
import dev.birthmark.enrollment.issuance.Enrollments;
import dev.birthmark.enrollment.request.EnrollmentRequest;
import dev.birthmark.enrollment.server.config.SiteTenant;
import dev.birthmark.enrollment.server.issuing.Enrolling;
import dev.birthmark.enrollment.server.issuing.EnrollmentOutcome;
import dev.birthmark.enrollment.server.uplink.Uplink;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Enrollments, one by one. */
@Path("/v1/enrollments")
@RolesAllowed("factory")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EnrollmentResource {

  /** What a device is enrolled with; {@code request} is PKCS#10 as PEM or base64 of its DER. */
  record NewEnrollment(
      @Nullable String deviceId,
      @Nullable String order,
      @Nullable String request,
      @Nullable String station) {

    EnrollmentRequest toRequest() {
      return new EnrollmentRequest(
          OrderResource.text(deviceId),
          OrderResource.text(order),
          OrderResource.text(request),
          OrderResource.text(station));
    }
  }

  private final Enrolling enrolling;
  private final Enrollments enrollments;
  private final Uplink uplink;
  private final SiteTenant tenant;
  private final EnrollmentView.Writer writer;
  private final SecurityIdentity identity;

  EnrollmentResource(
      Enrolling enrolling,
      Enrollments enrollments,
      Uplink uplink,
      SiteTenant tenant,
      EnrollmentView.Writer writer,
      SecurityIdentity identity) {
    this.enrolling = enrolling;
    this.enrollments = enrollments;
    this.uplink = uplink;
    this.tenant = tenant;
    this.writer = writer;
    this.identity = identity;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Enroll one device; the same again answers with the same certificate")
  public RestResponse<EnrollmentView> enroll(NewEnrollment asked) {
    Caller caller = tenant.check(Caller.of(identity));
    return switch (enrolling.enroll(asked.toRequest(), caller.party())) {
      case EnrollmentOutcome.Enrolled enrolled -> answer(enrolled);
      case EnrollmentOutcome.Refused refused -> throw problem(refused).exception();
    };
  }

  private RestResponse<EnrollmentView> answer(EnrollmentOutcome.Enrolled enrolled) {
    Enrollment enrollment = enrolled.enrollment();
    boolean registered = uplink.awaitRegistration(enrollment.credential().place());
    return RestResponse.status(
        enrolled.anew() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
        writer.write(enrollment, null, null, enrolled.ignored(), registered));
  }

  @GET
  @Path("{deviceId}")
  @Operation(summary = "The enrollment of a device")
  public EnrollmentView show(@PathParam("deviceId") String deviceId) {
    tenant.check(Caller.of(identity));
    DeviceId device;
    try {
      device = new DeviceId(deviceId);
    } catch (IllegalArgumentException e) {
      throw Problem.of(CommonProblem.MALFORMED, "The device id " + e.getMessage()).exception();
    }
    return enrollments
        .find(device)
        .map(enrollment ->
            writer.write(
                enrollment,
                null,
                null,
                List.of(),
                uplink.isRegistered(enrollment.credential().place())))
        .orElseThrow(() ->
            Problem.of(EnrollmentProblem.ENROLLMENT_UNKNOWN, "No device of this site has it.")
                .exception());
  }

  static Problem problem(EnrollmentOutcome.Refused refused) {
    Problem problem = Problem.of(EnrollmentProblem.of(refused.reason()), refused.detail());
    return refused.part().isEmpty() ? problem : problem.with("part", refused.part());
  }
}
