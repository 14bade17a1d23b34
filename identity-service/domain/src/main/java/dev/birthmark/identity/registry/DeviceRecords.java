package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Devices, as people look for them. */
public interface DeviceRecords {

  /** The devices after a canonical id, ordered by it. */
  List<Claims.Device> search(Query query);

  /** One device, by its canonical id. */
  Optional<Claims.Device> device(String tenant, String canonicalId);

  /** The places of these devices' credentials, by canonical id; devices without one left out. */
  SortedMap<String, List<Place>> places(String tenant, Collection<String> canonicalIds);

  /** Adds to devices' timelines. */
  void note(List<Event> events);

  /** What was noted of a device, in the order in which it was noted; at most 1,000. */
  List<Event> events(String tenant, String canonicalId);

  /**
   * What to look for.
   *
   * @param tenant whose
   * @param prefix of the canonical id; empty for all
   * @param model exact; empty for all, as the next two
   * @param lot exact
   * @param order exact
   * @param after the canonical id to go on after; empty to begin
   * @param limit at most so many, 1 to 1,000
   */
  record Query(
      String tenant,
      String prefix,
      String model,
      String lot,
      String order,
      String after,
      int limit) {}

  /**
   * Something that happened to a device.
   *
   * @param tenant whose
   * @param device canonical id
   * @param at when
   * @param event what, one word such as {@code registered}
   * @param detail in words, for people
   * @param place the credential
   * @param change the change of the feed, if one made it
   */
  record Event(
      String tenant,
      String device,
      Instant at,
      String event,
      String detail,
      Place place,
      Optional<Position> change) {}
}
