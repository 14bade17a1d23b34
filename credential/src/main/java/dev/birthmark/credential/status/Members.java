package dev.birthmark.credential.status;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.ImmutableBitmapDataProvider;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of credentials: for each log, in the order of log ids, the indexes as a compressed bitmap
 * (portable Roaring format). Immutable; one member costs a few octets, a lot of a million in a row
 * hardly more.
 */
public final class Members {
  /** The most logs that one set may name. */
  public static final int MAX_LOGS = 4096;

  private static final Members NONE = new Members(new TreeMap<>());

  /** No bitmap is empty, and none is changed once it is in here. */
  private final NavigableMap<LogId, RoaringBitmap> logs;

  private Members(NavigableMap<LogId, RoaringBitmap> logs) {
    this.logs = logs;
  }

  /** The empty set. */
  public static Members none() {
    return NONE;
  }

  /** One credential. */
  public static Members of(Place place) {
    return of(place.log(), RoaringBitmap.bitmapOf((int) place.index()));
  }

  /** The given credentials. */
  public static Members of(Iterable<Place> places) {
    TreeMap<LogId, RoaringBitmap> logs = new TreeMap<>();
    for (Place place : places) {
      logs.computeIfAbsent(place.log(), log -> new RoaringBitmap()).add((int) place.index());
    }
    return of(logs);
  }

  /** The credentials {@code from} (inclusive) to {@code to} (exclusive) of one log. */
  public static Members range(LogId log, long from, long to) {
    if (from < 0 || to < from || to > Place.MAX_INDEX + 1) {
      throw new IllegalArgumentException("not a range of indexes: " + from + ".." + to);
    }
    return of(log, RoaringBitmap.bitmapOfRange(from, to));
  }

  /**
   * What one stored or received bitmap says of one log.
   *
   * @throws MalformedException unless it is the canonical portable Roaring form, as {@link
   *     #encode(LogId)} writes it
   */
  public static Members decode(LogId log, byte[] bitmap) throws MalformedException {
    return of(log, RoaringCodec.decode(bitmap));
  }

  /** The union of sets, such as those of the logs of one change. */
  public static Members unionOf(Iterable<Members> sets) {
    TreeMap<LogId, RoaringBitmap> logs = new TreeMap<>();
    for (Members set : sets) {
      set.logs.forEach(
          (log, bitmap) -> logs.computeIfAbsent(log, key -> new RoaringBitmap()).or(bitmap));
    }
    return of(logs);
  }

  /** The logs that have members, in their order. */
  public Set<LogId> logs() {
    return Collections.unmodifiableSet(logs.navigableKeySet());
  }

  /** Read-only view of the indexes in one log; empty if there are none. */
  public ImmutableBitmapDataProvider indexes(LogId log) {
    return bitmap(log);
  }

  RoaringBitmap bitmap(LogId log) {
    RoaringBitmap bitmap = logs.get(log);
    return bitmap == null ? new RoaringBitmap() : bitmap;
  }

  /** The members in one log only. */
  public Members in(LogId log) {
    RoaringBitmap bitmap = logs.get(log);
    return bitmap == null ? NONE : of(log, bitmap);
  }

  /** The canonical portable Roaring form of the members in one log. */
  public byte[] encode(LogId log) {
    return RoaringCodec.encode(bitmap(log));
  }

  /** How many members, in all logs. */
  public long cardinality() {
    long sum = 0;
    for (RoaringBitmap bitmap : logs.values()) {
      sum += bitmap.getLongCardinality();
    }
    return sum;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return logs.isEmpty();
  }

  /** Whether this credential is a member. */
  public boolean contains(Place place) {
    RoaringBitmap bitmap = logs.get(place.log());
    return bitmap != null && bitmap.contains((int) place.index());
  }

  /** The members of either. */
  public Members union(Members other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    TreeMap<LogId, RoaringBitmap> union = new TreeMap<>(logs);
    other.logs.forEach((log, bitmap) -> union.merge(log, bitmap, (a, b) -> RoaringBitmap.or(a, b)));
    return of(union);
  }

  /** The members of this and not of the other. */
  public Members minus(Members other) {
    return combine(
        other, (mine, theirs) -> theirs == null ? mine : RoaringBitmap.andNot(mine, theirs));
  }

  /** The members of both. */
  public Members intersect(Members other) {
    return combine(
        other,
        (mine, theirs) -> theirs == null ? new RoaringBitmap() : RoaringBitmap.and(mine, theirs));
  }

  /** Whether any credential is a member of both. */
  public boolean intersects(Members other) {
    for (Map.Entry<LogId, RoaringBitmap> entry : logs.entrySet()) {
      RoaringBitmap theirs = other.logs.get(entry.getKey());
      if (theirs != null && RoaringBitmap.intersects(entry.getValue(), theirs)) {
        return true;
      }
    }
    return false;
  }

  /** Calls for each member, in the order of places. */
  public void forEach(Consumer<Place> consumer) {
    logs.forEach((log, bitmap) ->
        bitmap.forEach(
            (int index) -> consumer.accept(new Place(log, Integer.toUnsignedLong(index)))));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Members that && logs.equals(that.logs);
  }

  @Override
  public int hashCode() {
    return logs.hashCode();
  }

  /** How many in which log. */
  @Override
  public String toString() {
    SortedMap<LogId, Long> counts = new TreeMap<>();
    logs.forEach((log, bitmap) -> counts.put(log, bitmap.getLongCardinality()));
    return counts.toString();
  }

  private Members combine(
      Members other, BiFunction<RoaringBitmap, @Nullable RoaringBitmap, RoaringBitmap> operation) {
    TreeMap<LogId, RoaringBitmap> result = new TreeMap<>();
    logs.forEach((log, bitmap) -> result.put(log, operation.apply(bitmap, other.logs.get(log))));
    return of(result);
  }

  static Members of(LogId log, RoaringBitmap bitmap) {
    TreeMap<LogId, RoaringBitmap> logs = new TreeMap<>();
    logs.put(log, bitmap);
    return of(logs);
  }

  private static Members of(TreeMap<LogId, RoaringBitmap> logs) {
    logs.values().removeIf(RoaringBitmap::isEmpty);
    if (logs.size() > MAX_LOGS) {
      throw new IllegalArgumentException("members in " + logs.size() + " logs");
    }
    return logs.isEmpty() ? NONE : new Members(logs);
  }
}
