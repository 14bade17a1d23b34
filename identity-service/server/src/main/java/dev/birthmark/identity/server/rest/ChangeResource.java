package dev.birthmark.identity.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.revocation.ChangeOutcome;
import dev.birthmark.identity.revocation.ChangeRequest;
import dev.birthmark.identity.revocation.Changes;
import dev.birthmark.identity.revocation.Consumers;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Changes of trust: made by a security team, and how far they have come. */
@Path("/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChangeResource {

  /** What is to be withdrawn or given back; a selector names one attribute or several. */
  record NewChange(
      @Nullable String kind, @Nullable String reason, @Nullable Map<String, String> selector) {}

  /** Who has a change. */
  record ReachView(String position, List<ConsumerReach> consumers) {}

  /** How far one consumer is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConsumerReach(
      String name,
      String kind,
      String position,
      @Nullable Instant acknowledgedAt,
      @Nullable Long millis,
      boolean reached) {

    static ConsumerReach of(Consumers.Reach reach) {
      return new ConsumerReach(
          reach.name(),
          reach.kind().text(),
          reach.position().toString(),
          reach.acknowledgedAt().orElse(null),
          reach.millis().isPresent() ? reach.millis().getAsLong() : null,
          reach.reached());
    }
  }

  private final Changes changes;
  private final Consumers consumers;
  private final SecurityIdentity identity;

  ChangeResource(Changes changes, Consumers consumers, SecurityIdentity identity) {
    this.changes = changes;
    this.consumers = consumers;
    this.identity = identity;
  }

  @POST
  @RolesAllowed("security")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Revoke, suspend or restore: one change, whatever it concerns")
  public RestResponse<ChangeView> change(
      @HeaderParam("Idempotency-Key") @Nullable String key, NewChange asked) {
    ChangeRequest request = request(Caller.of(identity).tenant(), key, asked);
    return switch (changes.execute(request)) {
      case ChangeOutcome.Made(var change) ->
          RestResponse.status(RestResponse.Status.CREATED, ChangeView.of(change));
      case ChangeOutcome.Repeated(var change) -> RestResponse.ok(ChangeView.of(change));
      case ChangeOutcome.Refused(var why, var detail) ->
          throw Problem.of(IdentityProblem.of(why.text()), detail).exception();
    };
  }

  private static ChangeRequest request(String tenant, @Nullable String key, NewChange asked) {
    if (key == null) {
      throw Problem.of(IdentityProblem.IDEMPOTENCY_KEY, "The header is missing.").exception();
    }
    ChangeKind kind;
    Reason reason;
    try {
      kind = ChangeKind.fromText(String.valueOf(asked.kind()));
      reason =
          asked.reason() == null
              ? ChangeRequest.usualReason(kind)
              : Reason.fromText(asked.reason());
    } catch (MalformedException e) {
      throw Problem.of(CommonProblem.MALFORMED, e.part() + ": " + e.detail()).exception();
    }
    Selector selector = selector(asked.selector());
    try {
      return new ChangeRequest(tenant, key, kind, reason, selector);
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.IDEMPOTENCY_KEY, String.valueOf(e.getMessage())).exception();
    }
  }

  private static Selector selector(@Nullable Map<String, String> asked) {
    SortedMap<SelectorAttribute, String> values = new TreeMap<>();
    try {
      if (asked != null) {
        for (Map.Entry<String, String> value : asked.entrySet()) {
          values.put(
              SelectorAttribute.fromText(value.getKey()),
              Objects.requireNonNullElse(value.getValue(), ""));
        }
      }
      return new Selector(values);
    } catch (MalformedException | IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.SELECTOR, String.valueOf(e.getMessage())).exception();
    }
  }

  @GET
  @Path("{position}/reach")
  @RolesAllowed({"security", "auditor"})
  @Operation(summary = "Who has applied a change, who has not, and when")
  public ReachView reach(@PathParam("position") String text) {
    Position position = position(text);
    return consumers
        .reach(Caller.of(identity).tenant(), position)
        .map(reach ->
            new ReachView(position.toString(), reach.stream().map(ConsumerReach::of).toList()))
        .orElseThrow(() ->
            Problem.of(IdentityProblem.CHANGE_UNKNOWN, "The feed has no such change.").exception());
  }

  /** Reads a position of the feed as it stands in paths and bodies. */
  static Position position(@Nullable String text) {
    try {
      return Position.parse(String.valueOf(text));
    } catch (MalformedException e) {
      throw Problem.of(IdentityProblem.CURSOR, "A position is incarnation:number.").exception();
    }
  }
}
