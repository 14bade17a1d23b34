package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Those who follow the feed, and what they have acknowledged. */
public interface ConsumerRecords {

  /** Locks and reads one. */
  Optional<ConsumerRow> lock(String tenant, String name);

  /** All of a tenant's, ordered by name. */
  List<ConsumerRow> all(String tenant);

  /** How many a tenant has. */
  int count(String tenant);

  /** Adds or replaces one. */
  void put(ConsumerRow consumer);

  /** Removes those whose lease ended before a time. */
  void removeExpired(String tenant, Instant before);

  /** Notes when a consumer acknowledged a position. */
  void acknowledged(String tenant, String name, Position position, Instant at);

  /** When a consumer first acknowledged this position or a later one. */
  Optional<Instant> firstAcknowledged(String tenant, String name, Position atLeast);
}
