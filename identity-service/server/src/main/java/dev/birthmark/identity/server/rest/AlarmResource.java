package dev.birthmark.identity.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.identity.registry.Alarm;
import dev.birthmark.identity.registry.Alarms;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What somebody must look at. */
@Path("/v1/alarms")
@RolesAllowed({"admin", "security", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AlarmResource {

  private static final int LATEST = 1000;

  /** The latest alarms first. */
  record AlarmList(List<AlarmView> alarms) {}

  /** An alarm; {@code subject} tells it from others of its kind and log. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AlarmView(
      Instant at,
      String kind,
      @Nullable String site,
      @Nullable String log,
      String subject,
      String detail) {

    static AlarmView of(Alarm alarm) {
      return new AlarmView(
          alarm.at(),
          alarm.kind().text(),
          alarm.site().orElse(null),
          alarm.log().map(LogId::hex).orElse(null),
          alarm.subject(),
          alarm.detail());
    }
  }

  private final Alarms alarms;
  private final SecurityIdentity identity;

  AlarmResource(Alarms alarms, SecurityIdentity identity) {
    this.alarms = alarms;
    this.identity = identity;
  }

  @GET
  @Operation(summary = "The tenant's alarms, the latest first")
  public AlarmList list() {
    return new AlarmList(
        alarms.latest(Caller.of(identity).tenant(), LATEST).stream().map(AlarmView::of).toList());
  }
}
