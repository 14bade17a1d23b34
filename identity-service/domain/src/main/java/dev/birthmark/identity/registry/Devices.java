package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.StatusPlanes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds devices and tells what is known of one. Blocks; safe for use by several threads. */
public final class Devices {
  /** How many devices one search looks at before it answers with what it has and a cursor. */
  private static final int MAX_SCANNED = 10_000;

  /** How many changes a timeline tells of, the latest ones. */
  private static final int MAX_CHANGES = 100;

  private final RegistryStore store;

  /** Over the store. */
  public Devices(RegistryStore store) {
    this.store = store;
  }

  /**
   * One device of a search.
   *
   * @param device what it is
   * @param status the best of its credentials'
   */
  public record Found(Claims.Device device, CredentialStatus status) {}

  /**
   * A page of a search.
   *
   * @param devices ordered by canonical id; may be fewer than asked for, or none, before the end
   * @param next what to go on after; empty at the end
   */
  public record Page(List<Found> devices, Optional<String> next) {}

  /**
   * A device.
   *
   * @param device what it is
   * @param status the best of its credentials'
   * @param credentials by place
   * @param timeline by time
   */
  public record View(
      Claims.Device device, CredentialStatus status, List<Held> credentials, List<Told> timeline) {}

  /**
   * A credential and its standing.
   *
   * @param credential which
   * @param status its status
   * @param reason why it was withdrawn, if it was
   */
  public record Held(Credential credential, CredentialStatus status, Optional<Reason> reason) {}

  /**
   * A line of a timeline.
   *
   * @param at when
   * @param event what, one word
   * @param detail in words
   * @param change the change of the feed, if one made it
   */
  public record Told(Instant at, String event, String detail, Optional<Position> change) {}

  /** Searches; a status, if given, is filtered by after the other conditions. */
  public Page search(DeviceRecords.Query query, Optional<CredentialStatus> status) {
    return store.read(tx -> search(tx, query, status));
  }

  /** One device, by id in any spelling of its letters. */
  public Optional<View> view(String tenant, DeviceId device) {
    return store.read(
        tx -> tx.devices().device(tenant, device.canonical()).map(known -> view(tx, known)));
  }

  private static Page search(
      RegistryTransaction tx, DeviceRecords.Query query, Optional<CredentialStatus> status) {
    List<Found> found = new ArrayList<>();
    DeviceRecords.Query next = query;
    for (int scanned = 0; scanned < MAX_SCANNED; scanned += query.limit()) {
      List<Claims.Device> rows = tx.devices().search(next);
      for (Found one : withStatus(tx, query.tenant(), rows)) {
        if (status.isEmpty() || status.get() == one.status()) {
          found.add(one);
          if (found.size() == query.limit()) {
            return new Page(found, Optional.of(one.device().device().canonical()));
          }
        }
      }
      if (rows.size() < query.limit()) {
        return new Page(found, Optional.empty());
      }
      next = after(query, rows.getLast().device().canonical());
    }
    return new Page(found, Optional.of(next.after()));
  }

  private static DeviceRecords.Query after(DeviceRecords.Query query, String last) {
    return new DeviceRecords.Query(
        query.tenant(),
        query.prefix(),
        query.model(),
        query.lot(),
        query.order(),
        last,
        query.limit());
  }

  private static List<Found> withStatus(
      RegistryTransaction tx, String tenant, List<Claims.Device> rows) {
    SortedMap<String, List<Place>> places =
        tx.devices().places(tenant, rows.stream().map(row -> row.device().canonical()).toList());
    Standing standing =
        Standing.of(tx, places.values().stream().flatMap(Collection::stream).toList());
    return rows.stream()
        .map(row ->
            new Found(row, standing.best(places.getOrDefault(row.device().canonical(), List.of()))))
        .toList();
  }

  private static View view(RegistryTransaction tx, Claims.Device device) {
    String canonical = device.device().canonical();
    List<Credential> credentials = tx.credentials().ofDevice(device.tenant(), canonical);
    List<Place> places = credentials.stream().map(Credential::place).toList();
    Standing standing = Standing.of(tx, places);
    List<Told> timeline = new ArrayList<>();
    SortedSet<Position> named = new TreeSet<>();
    for (Credential credential : credentials) {
      Place place = credential.place();
      timeline.add(
          new Told(
              credential.issuedAt(),
              "issued",
              "certificate " + credential.serial().hex() + " at " + place,
              Optional.empty()));
      named.addAll(tx.force().naming(device.tenant(), place));
    }
    tx.devices().events(device.tenant(), canonical).stream()
        .map(event -> new Told(event.at(), event.event(), event.detail(), event.change()))
        .forEach(timeline::add);
    named.stream()
        .skip(Math.max(0, named.size() - MAX_CHANGES))
        .map(position -> tx.feed().change(device.tenant(), position).orElseThrow())
        .map(change -> told(change.encoded().change()))
        .forEach(timeline::add);
    timeline.sort(Comparator.comparing(Told::at));
    return new View(
        device,
        standing.best(places),
        credentials.stream()
            .map(one -> new Held(one, standing.of(one.place()), standing.why(tx, one.place())))
            .toList(),
        timeline);
  }

  private static Told told(Change change) {
    String detail =
        change.reason().text() + change.cause().map(cause -> ", following on " + cause).orElse("");
    return new Told(change.at(), change.kind().text(), detail, Optional.of(change.position()));
  }

  /** The standing of some places, from the stored planes. */
  private record Standing(Members revoked, Members held) {
    static Standing of(RegistryTransaction tx, List<Place> places) {
      StatusPlanes planes = new StatusPlanes(tx.status());
      Members members = Members.of(places);
      return new Standing(
          planes.among(PlaneCode.REVOKED, members), planes.among(PlaneCode.HELD, members));
    }

    CredentialStatus of(Place place) {
      return CredentialStatus.of(false, revoked.contains(place), held.contains(place));
    }

    /** The status with the lowest rank, worst last; a device without a credential is good. */
    CredentialStatus best(List<Place> places) {
      return places.stream()
          .map(this::of)
          .min(Comparator.naturalOrder())
          .orElse(CredentialStatus.GOOD);
    }

    Optional<Reason> why(RegistryTransaction tx, Place place) {
      StatusPlanes planes = new StatusPlanes(tx.status());
      CredentialStatus status = of(place);
      for (PlaneCode code : tx.status().planes(place.log())) {
        Optional<Reason> reason =
            switch (status) {
              case REVOKED -> code.revokedFor();
              case HELD -> code.heldFor();
              case GOOD, BAD_ENTRY -> Optional.empty();
            };
        if (reason.isPresent() && planes.among(code, Members.of(place)).contains(place)) {
          return reason;
        }
      }
      return Optional.empty();
    }
  }
}
