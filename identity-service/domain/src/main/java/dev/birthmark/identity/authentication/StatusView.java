package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.identity.registry.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The status of every credential as of one moment, in memory: what a replica has applied, seen
 * whole. Read without locks; a new one takes its place.
 */
public final class StatusView {
  /** Nothing has been read yet. */
  public static final StatusView EMPTY =
      new StatusView(new TreeMap<>(), new TreeMap<>(), new Facts[0], Optional.empty(), 0, false);

  private final SortedMap<LogId, LogState> logs;
  private final int[] serialBits;
  private final LogState[] bySerialBits;
  private final SortedMap<String, Mark> marks;
  private final Facts[] facts;
  private final Optional<Instant> statusAsOf;
  private final long polledNanos;
  private final boolean recovering;

  /** How much of a tenant's feed was applied, and the hash of the last change. */
  record Mark(Position position, Sha256 hash) {}

  StatusView(
      SortedMap<LogId, LogState> logs,
      SortedMap<String, Mark> marks,
      Facts[] facts,
      Optional<Instant> statusAsOf,
      long polledNanos,
      boolean recovering) {
    this.logs = Collections.unmodifiableSortedMap(logs);
    this.marks = Collections.unmodifiableSortedMap(marks);
    this.facts = facts;
    this.statusAsOf = statusAsOf;
    this.polledNanos = polledNanos;
    this.recovering = recovering;
    this.bySerialBits = logs.values().toArray(new LogState[0]);
    // In the order of ids, so of their first bits too.
    this.serialBits = Arrays.stream(bySerialBits).mapToInt(log -> log.id().serialBits()).toArray();
  }

  /** The database's time at the last successful poll; empty before the first. */
  public Optional<Instant> statusAsOf() {
    return statusAsOf;
  }

  /** How old it is: from the sending of the last successful poll. Empty before the first. */
  public Optional<Duration> age(long nanos) {
    return statusAsOf.map(as -> Duration.ofNanos(Math.max(0, nanos - polledNanos)));
  }

  /** Whether the database was put back: then nothing is allowed. */
  public boolean isRecovering() {
    return recovering;
  }

  /** How much of a tenant's feed was applied. */
  public Position position(String tenant) {
    Mark mark = marks.get(tenant);
    return mark == null ? Position.START : mark.position();
  }

  /** How much of each tenant's feed was applied. */
  public SortedMap<String, Position> positions() {
    SortedMap<String, Position> positions = new TreeMap<>();
    marks.forEach((tenant, mark) -> positions.put(tenant, mark.position()));
    return positions;
  }

  /** How many entries of a log were taken over; 0 for one that is not known. */
  public long size(LogId log) {
    LogState state = logs.get(log);
    return state == null ? 0 : state.size();
  }

  /** The status of a registered credential; empty if its entry has not been taken over. */
  public Optional<CredentialStatus> status(Place place) {
    LogState log = logs.get(place.log());
    return log == null || place.index() >= log.size()
        ? Optional.empty()
        : Optional.of(log.status(place.index()));
  }

  /** Why it was withdrawn, if it was. */
  public Optional<Reason> why(Place place) {
    LogState log = logs.get(place.log());
    return log == null ? Optional.empty() : log.why(place.index(), log.status(place.index()));
  }

  Optional<LogState> log(LogId log) {
    return Optional.ofNullable(logs.get(log));
  }

  /** The log whose first 30 bits stand in a serial. */
  Optional<LogState> logOf(int bits) {
    int at = Arrays.binarySearch(serialBits, bits);
    return at < 0 ? Optional.empty() : Optional.of(bySerialBits[at]);
  }

  Facts facts(int id) {
    return facts[id];
  }

  Facts[] allFacts() {
    return facts;
  }

  SortedMap<LogId, LogState> logs() {
    return logs;
  }

  SortedMap<String, Mark> marks() {
    return marks;
  }

  /** The same, with the note that the database is not the one it was. */
  StatusView asRecovering() {
    return new StatusView(
        new TreeMap<>(logs), new TreeMap<>(marks), facts, statusAsOf, polledNanos, true);
  }
}
