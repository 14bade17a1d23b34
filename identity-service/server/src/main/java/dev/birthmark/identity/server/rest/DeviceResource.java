package dev.birthmark.identity.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.registry.Claims;
import dev.birthmark.identity.registry.DeviceRecords;
import dev.birthmark.identity.registry.Devices;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The registry, as people look things up in it. */
@Path("/v1/devices")
@RolesAllowed({"security", "auditor", "backend"})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeviceResource {

  private static final int MAX_LIMIT = 1000;
  private static final int MAX_TEXT = 255;

  /** A page of devices; {@code next} is the cursor of the next one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DeviceList(List<DeviceLine> devices, @Nullable String next) {}

  /** A device of a list. */
  record DeviceLine(
      String id,
      String model,
      String hardwareRevision,
      String lot,
      String order,
      String site,
      String status,
      Instant registeredAt) {

    static DeviceLine of(Claims.Device device, CredentialStatus status) {
      return new DeviceLine(
          device.device().value(),
          device.model(),
          device.hardwareRevision(),
          device.lot(),
          device.order(),
          device.site(),
          status.text(),
          device.registeredAt());
    }
  }

  /** A device, its credentials and its timeline. */
  record DeviceView(
      String id,
      String model,
      String hardwareRevision,
      String lot,
      String order,
      String site,
      String status,
      Instant registeredAt,
      List<CredentialView> credentials,
      List<EventView> timeline) {}

  /** A credential. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CredentialView(
      String serial,
      String fingerprint,
      Instant notBefore,
      Instant notAfter,
      PlaceView log,
      String status,
      @Nullable String reason) {}

  /** Where a credential stands. */
  record PlaceView(String id, long index) {}

  /** A line of the timeline. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EventView(Instant at, String event, String detail, @Nullable String change) {}

  private final Devices devices;
  private final SecurityIdentity identity;

  DeviceResource(Devices devices, SecurityIdentity identity) {
    this.devices = devices;
    this.identity = identity;
  }

  @GET
  @Operation(summary = "Devices by id prefix, model, lot, order and status, a page at a time")
  public DeviceList list(
      @QueryParam("prefix") @DefaultValue("") String prefix,
      @QueryParam("model") @DefaultValue("") String model,
      @QueryParam("lot") @DefaultValue("") String lot,
      @QueryParam("order") @DefaultValue("") String order,
      @QueryParam("status") @DefaultValue("") String status,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    DeviceRecords.Query query =
        new DeviceRecords.Query(
            Caller.of(identity).tenant(),
            text("prefix", prefix).toLowerCase(Locale.ROOT),
            text("model", model),
            text("lot", lot),
            text("order", order),
            cursor(cursor),
            (int) NumberParameter.read("limit", limit, 1, MAX_LIMIT));
    Devices.Page page = devices.search(query, status(status));
    return new DeviceList(
        page.devices().stream()
            .map(found -> DeviceLine.of(found.device(), found.status()))
            .toList(),
        page.next().orElse(null));
  }

  /** PostgreSQL takes no NUL, and no value of ours has a control character. */
  private static String text(String name, String value) {
    if (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl)) {
      throw Problem.of(CommonProblem.MALFORMED, name + " is no value that a device can have.")
          .exception();
    }
    return value;
  }

  private static String cursor(String cursor) {
    if (cursor.isEmpty()) {
      return cursor;
    }
    try {
      return new DeviceId(cursor).canonical();
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.CURSOR, "The cursor is not one of an answer.").exception();
    }
  }

  /** {@code active} and {@code suspended} are people's words for good and held. */
  private static Optional<CredentialStatus> status(String word) {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (word) {
            case "active" -> CredentialStatus.GOOD;
            case "suspended" -> CredentialStatus.HELD;
            default -> CredentialStatus.fromText(word);
          });
    } catch (IllegalArgumentException e) {
      throw Problem.of(CommonProblem.MALFORMED, "status is good, held, revoked or bad-entry.")
          .exception();
    }
  }

  @GET
  @Path("{deviceId}")
  @Operation(summary = "A device with its credentials, its status and what happened to it")
  public DeviceView show(@PathParam("deviceId") String deviceId) {
    DeviceId id;
    try {
      id = new DeviceId(deviceId);
    } catch (IllegalArgumentException e) {
      throw Problem.of(CommonProblem.MALFORMED, "The device id " + e.getMessage()).exception();
    }
    return devices
        .view(Caller.of(identity).tenant(), id)
        .map(DeviceResource::view)
        .orElseThrow(
            () -> Problem.of(IdentityProblem.DEVICE_UNKNOWN, "No device has this id.").exception());
  }

  private static DeviceView view(Devices.View view) {
    DeviceLine line = DeviceLine.of(view.device(), view.status());
    return new DeviceView(
        line.id(),
        line.model(),
        line.hardwareRevision(),
        line.lot(),
        line.order(),
        line.site(),
        line.status(),
        line.registeredAt(),
        view.credentials().stream().map(DeviceResource::credential).toList(),
        view.timeline().stream()
            .map(told ->
                new EventView(
                    told.at(),
                    told.event(),
                    told.detail(),
                    told.change().map(Position::toString).orElse(null)))
            .toList());
  }

  private static CredentialView credential(Devices.Held held) {
    var credential = held.credential();
    return new CredentialView(
        credential.serial().hex(),
        credential.fingerprint().hex(),
        credential.notBefore(),
        credential.notAfter(),
        new PlaceView(credential.place().log().hex(), credential.place().index()),
        held.status().text(),
        held.reason().map(Reason::text).orElse(null));
  }
}
