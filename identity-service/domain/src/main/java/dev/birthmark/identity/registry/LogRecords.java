package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The mirrored logs: their rows, and every entry as it came. */
public interface LogRecords {

  /** Locks a log's row and reads it. Comes before every other lock of an ingest. */
  Optional<LogRow> lock(LogId log);

  /** Reads a log's row. */
  Optional<LogRow> log(LogId log);

  /** All logs, ordered by id. */
  List<LogRow> all();

  /** The logs of a site in the order in which they were opened. */
  List<LogRow> of(SiteName site);

  /** Adds a log; its id's 30 serial bits are not taken yet. */
  void insert(LogRow log);

  /** Replaces a locked row. */
  void update(LogRow log);

  /** Adds entries from an index on, without holes. */
  void append(LogId log, long from, List<EntryRow> entries);

  /**
   * The entries from an index on, in order.
   *
   * @param octets at most so many octets in all, but one entry at least if there is one
   */
  List<Octets> entries(LogId log, long from, long octets);

  /** Hands over the leaf hashes of the first {@code size} entries, in order. */
  void leafHashes(LogId log, long size, Consumer<Sha256> leaf);

  /**
   * One mirrored entry.
   *
   * @param der as it came
   * @param leaf its leaf hash (RFC 6962 §2.1)
   * @param bad whether it failed its own check and was not registered
   */
  record EntryRow(Octets der, Sha256 leaf, boolean bad) {}
}
