package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.issuance.Recall;
import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.site.DatabaseMark;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.Standing;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of an {@link InMemorySiteStore}. */
final class Tables {
  @Nullable Standing standing;
  @Nullable LogHead head;
  @Nullable DatabaseMark mark;
  @Nullable Position feed;
  final SortedMap<Integer, LogHead> closed = new TreeMap<>();
  final SortedMap<String, Order> orders = new TreeMap<>();
  final SortedMap<String, Integer> issued = new TreeMap<>();
  final SortedMap<String, SortedMap<String, Long>> refused = new TreeMap<>();
  final SortedMap<Place, IssuedCredential> credentials = new TreeMap<>();
  final SortedMap<String, Place> devices = new TreeMap<>();
  final SortedMap<Sha256, Place> keys = new TreeMap<>();

  /** By log and level, then index. */
  final SortedMap<String, SortedMap<Long, Sha256>> nodes = new TreeMap<>();

  final SortedMap<Position, Recall> recalls = new TreeMap<>();
  final SortedMap<Position, StoredChange> changes = new TreeMap<>();
  final SortedMap<LogId, Registered> registered = new TreeMap<>();

  Tables copy() {
    Tables copy = new Tables();
    copy.standing = standing;
    copy.head = head;
    copy.mark = mark;
    copy.feed = feed;
    copy.closed.putAll(closed);
    copy.orders.putAll(orders);
    copy.issued.putAll(issued);
    refused.forEach((order, counts) -> copy.refused.put(order, new TreeMap<>(counts)));
    copy.credentials.putAll(credentials);
    copy.devices.putAll(devices);
    copy.keys.putAll(keys);
    nodes.forEach((level, hashes) -> copy.nodes.put(level, new TreeMap<>(hashes)));
    copy.recalls.putAll(recalls);
    copy.changes.putAll(changes);
    copy.registered.putAll(registered);
    return copy;
  }
}
