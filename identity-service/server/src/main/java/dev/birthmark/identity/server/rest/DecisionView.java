package dev.birthmark.identity.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.identity.authentication.Decision;
import dev.birthmark.identity.authentication.DeviceFacts;
import dev.birthmark.identity.authentication.Obligation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a decision is answered. {@code statusAsOf} says how old the status is that it rests on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecisionView(
    @Nullable Long line,
    String decision,
    @Nullable String reason,
    @Nullable String cause,
    @Nullable String detail,
    @Nullable String nextStep,
    @Nullable Boolean retryable,
    @Nullable DeviceView device,
    @Nullable List<String> obligations,
    @Nullable Instant statusAsOf,
    String position,
    @Nullable LogView log) {

  /** Who the device is. */
  record DeviceView(
      String id,
      String tenant,
      String site,
      String model,
      String hardwareRevision,
      String lot,
      String order,
      CredentialView credential) {}

  /** By which credential it is known. */
  record CredentialView(String serial, String fingerprint, Instant notAfter, PlaceView log) {}

  /** Where a credential stands. */
  record PlaceView(String id, long index) {}

  /** The place that was looked at, and how far its log is. */
  record LogView(String id, long index, long size) {}

  static DecisionView of(Decision decision, @Nullable Long line) {
    Decision.Basis basis = decision.basis();
    @Nullable LogView log =
        basis
            .place()
            .map(place -> new LogView(place.log().hex(), place.index(), basis.logSize()))
            .orElse(null);
    @Nullable Instant asOf = basis.statusAsOf().orElse(null);
    String position = basis.position().toString();
    return switch (decision) {
      case Decision.Allow allow ->
          new DecisionView(
              line,
              "allow",
              null,
              null,
              null,
              null,
              null,
              device(allow.device()),
              allow.obligations().stream().map(Obligation::text).toList(),
              asOf,
              position,
              null);
      case Decision.Deny deny ->
          new DecisionView(
              line,
              "deny",
              deny.reason().text(),
              deny.cause().map(Reason::text).orElse(null),
              deny.detail(),
              deny.nextStep(),
              deny.retryable(),
              null,
              null,
              asOf,
              position,
              log);
    };
  }

  private static DeviceView device(DeviceFacts device) {
    return new DeviceView(
        device.device().value(),
        device.tenant(),
        device.facts().site().site(),
        device.facts().model(),
        device.facts().hardwareRevision(),
        device.facts().lot(),
        device.facts().order(),
        new CredentialView(
            device.serial().hex(),
            device.fingerprint().hex(),
            device.notAfter(),
            new PlaceView(device.place().log().hex(), device.place().index())));
  }
}
