package dev.birthmark.enrollment.server.log;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.TilePath;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.issuance.LogPublication;
import dev.birthmark.enrollment.server.config.SiteTenant;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Checkpoints and hashes are for everybody; entries hold production secrets. */
@Path("/v1/logs/{logId}")
@PermitAll
@RunOnVirtualThread
public class LogResource {

  private final LogPublication logs;
  private final SiteTenant tenant;
  private final SecurityIdentity identity;

  LogResource(LogPublication logs, SiteTenant tenant, SecurityIdentity identity) {
    this.logs = logs;
    this.tenant = tenant;
    this.identity = identity;
  }

  @GET
  @Path("checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "The log's signed checkpoint")
  public RestResponse<String> checkpoint(@PathParam("logId") String logId) {
    return logs.checkpoint(log(logId))
        .map(note ->
            RestResponse.ResponseBuilder.ok(note).header("Cache-Control", "no-cache").build())
        .orElseThrow(LogResource::absent);
  }

  @GET
  @Path("{tile: tile/.+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "A tile of the log's tree, or of its entries")
  public RestResponse<byte[]> tile(
      @PathParam("logId") String logId, @PathParam("tile") String text) {
    TilePath path;
    try {
      path = TilePath.parse(text);
    } catch (MalformedException e) {
      throw Problem.of(CommonProblem.NOT_FOUND, String.valueOf(e.getMessage())).exception();
    }
    if (path instanceof TilePath.Entries) {
      requireReader();
    }
    return logs.tile(log(logId), path)
        .map(tile ->
            RestResponse.ResponseBuilder.ok(tile)
                .header("Cache-Control", "max-age=31536000, immutable")
                .build())
        .orElseThrow(LogResource::absent);
  }

  private void requireReader() {
    if (identity.isAnonymous()) {
      throw Problem.of(CommonProblem.UNAUTHENTICATED, "Entries need a token.").exception();
    }
    tenant.check(Caller.of(identity));
    if (!identity.hasRole("factory") && !identity.hasRole("auditor")) {
      throw Problem.of(CommonProblem.FORBIDDEN, "Entries need the role factory or auditor.")
          .exception();
    }
  }

  private static LogId log(String text) {
    try {
      return LogId.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw absent();
    }
  }

  private static RuntimeException absent() {
    return Problem.of(CommonProblem.NOT_FOUND, "The site has no such log, or it is not that long.")
        .exception();
  }
}
