package dev.birthmark.enrollment.server.rest;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.registration.OrderOpening;
import dev.birthmark.enrollment.registration.OrderRequest;
import dev.birthmark.enrollment.registration.Registration;
import dev.birthmark.enrollment.server.config.SiteTenant;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.Standing;
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
import java.time.Instant;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Production orders. */
@Path("/v1/orders")
@RolesAllowed("factory")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OrderResource {

  /** What an order is opened with. */
  record NewOrder(
      @Nullable String id,
      @Nullable String model,
      @Nullable String hardwareRevision,
      @Nullable String lot,
      @Nullable String profile,
      long quantity) {}

  /** An order and what became of it. */
  record OrderView(
      String id,
      String tenant,
      String model,
      String hardwareRevision,
      String lot,
      String profile,
      int quantity,
      int issued,
      int remaining,
      SortedMap<String, Long> refused,
      String openedBy,
      Instant openedAt) {

    static OrderView of(OrderAccount account) {
      var order = account.order();
      return new OrderView(
          order.id(),
          order.tenant(),
          order.model(),
          order.hardwareRevision(),
          order.lot(),
          order.profile(),
          order.quantity(),
          account.issued(),
          account.remaining(),
          account.refused(),
          order.openedBy(),
          order.openedAt());
    }
  }

  private final Registration registration;
  private final SiteTenant tenant;
  private final SecurityIdentity identity;

  OrderResource(Registration registration, SiteTenant tenant, SecurityIdentity identity) {
    this.registration = registration;
    this.tenant = tenant;
    this.identity = identity;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Open a production order; the same again changes nothing")
  public RestResponse<OrderView> open(NewOrder asked) {
    Caller caller = tenant.check(Caller.of(identity));
    var request =
        new OrderRequest(
            text(asked.id()),
            text(asked.model()),
            text(asked.hardwareRevision()),
            text(asked.lot()),
            text(asked.profile()),
            asked.quantity());
    return switch (registration.open(request, caller.party())) {
      case OrderOpening.Opened(var account) ->
          RestResponse.status(RestResponse.Status.CREATED, OrderView.of(account));
      case OrderOpening.AlreadyOpen(var account) -> RestResponse.ok(OrderView.of(account));
      case OrderOpening.OtherContent(var account) ->
          throw Problem.of(
                  EnrollmentProblem.ORDER_EXISTS,
                  "Order " + account.order().id() + " was opened with another content.")
              .exception();
      case OrderOpening.Invalid(var detail) ->
          throw Problem.of(EnrollmentProblem.ORDER_INVALID, detail).exception();
      case OrderOpening.UnknownProfile() ->
          throw Problem.of(EnrollmentProblem.PROFILE_UNKNOWN, "The order names it.").exception();
      case OrderOpening.SiteNotOpen(var standing) -> throw siteNotOpen(standing).exception();
    };
  }

  private static Problem siteNotOpen(Standing standing) {
    return Problem.of(
        standing.state() == SiteState.HALTED
            ? EnrollmentProblem.SITE_HALTED
            : EnrollmentProblem.SITE_RECOVERING,
        "The site opens no orders now; its state is " + standing.state().label() + ".");
  }

  @GET
  @Path("{id}")
  @Operation(summary = "An order: ordered, issued, remaining, refused by reason")
  public OrderView show(@PathParam("id") String id) {
    tenant.check(Caller.of(identity));
    return registration
        .find(id)
        .map(OrderView::of)
        .orElseThrow(
            () -> Problem.of(EnrollmentProblem.ORDER_UNKNOWN, "No order has this id.").exception());
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
