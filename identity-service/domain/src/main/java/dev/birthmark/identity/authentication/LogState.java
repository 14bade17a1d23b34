package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.Plane;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.revocation.PlaneCode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What decisions need to know of one log. Immutable but for {@link Slots}. */
final class LogState {
  private final LogId id;
  private final SiteName site;
  private final long size;
  private final Slots slots;
  private final SortedMap<PlaneCode, Plane> planes;

  /** The three that are looked at in every decision. */
  private final Plane revoked;

  private final Plane held;
  private final Plane bad;

  private LogState(
      LogId id, SiteName site, long size, Slots slots, SortedMap<PlaneCode, Plane> planes) {
    this.id = id;
    this.site = site;
    this.size = size;
    this.slots = slots;
    this.planes = planes;
    this.revoked = planes.getOrDefault(PlaneCode.REVOKED, Plane.empty());
    this.held = planes.getOrDefault(PlaneCode.HELD, Plane.empty());
    this.bad = planes.getOrDefault(PlaneCode.BAD, Plane.empty());
  }

  static LogState empty(LogId id, SiteName site) {
    return new LogState(id, site, 0, Slots.empty(), new TreeMap<>());
  }

  LogId id() {
    return id;
  }

  SiteName site() {
    return site;
  }

  long size() {
    return size;
  }

  Slots slots() {
    return slots;
  }

  CredentialStatus status(long index) {
    return CredentialStatus.of(bad.get(index), revoked.get(index), held.get(index));
  }

  /** Why the place is revoked, or held; of several reasons the first by number. */
  Optional<Reason> why(long index, CredentialStatus status) {
    for (Map.Entry<PlaneCode, Plane> plane : planes.entrySet()) {
      Optional<Reason> reason =
          switch (status) {
            case REVOKED -> plane.getKey().revokedFor();
            case HELD -> plane.getKey().heldFor();
            case GOOD, BAD_ENTRY -> Optional.empty();
          };
      if (reason.isPresent() && plane.getValue().get(index)) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** With what a change does: the same as is done to the stored planes. */
  LogState apply(ChangeKind kind, Reason reason, Members members) {
    SortedMap<PlaneCode, Plane> changed = new TreeMap<>(planes);
    switch (kind) {
      case REVOKE -> {
        changed.put(PlaneCode.REVOKED, revoked.with(members, id));
        changed.merge(
            PlaneCode.why(kind, reason),
            Plane.empty().with(members, id),
            (before, added) -> before.with(members, id));
      }
      case SUSPEND -> {
        changed.put(PlaneCode.HELD, held.with(members, id));
        changed.merge(
            PlaneCode.why(kind, reason),
            Plane.empty().with(members, id),
            (before, added) -> before.with(members, id));
      }
      case RESTORE ->
          changed.replaceAll((code, plane) ->
              code.equals(PlaneCode.HELD) || code.heldFor().isPresent()
                  ? plane.without(members, id)
                  : plane);
      case UNDO, PARTY_DISABLE, PARTY_ENABLE -> {}
    }
    return new LogState(id, site, size, slots, changed);
  }

  LogState withPlane(PlaneCode code, Plane plane) {
    SortedMap<PlaneCode, Plane> changed = new TreeMap<>(planes);
    changed.put(code, plane);
    return new LogState(id, site, size, slots, changed);
  }

  Plane plane(PlaneCode code) {
    return planes.getOrDefault(code, Plane.empty());
  }

  LogState grown(long newSize, Slots grown) {
    return new LogState(id, site, newSize, grown, planes);
  }
}
