package dev.birthmark.identity.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.LogRecords;
import dev.birthmark.identity.registry.LogRow;
import dev.birthmark.identity.registry.SiteName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;

/** Tables {@code log} and {@code log_entry}. */
final class SqlLogRecords implements LogRecords {

  /** Rows of one read of entries: some 1 kB each, so a full bundle takes few reads. */
  private static final int PAGE = 2048;

  private final StatelessSession session;
  private final Statements sql;

  SqlLogRecords(StatelessSession session, Statements sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public Optional<LogRow> lock(LogId log) {
    return sql.first("SELECT * FROM log WHERE id = ? FOR UPDATE", SqlLogRecords::log, log.value());
  }

  @Override
  public Optional<LogRow> log(LogId log) {
    return sql.first("SELECT * FROM log WHERE id = ?", SqlLogRecords::log, log.value());
  }

  @Override
  public List<LogRow> all() {
    return sql.query("SELECT * FROM log", SqlLogRecords::log).stream()
        .sorted((a, b) -> a.id().compareTo(b.id())) // ids are unsigned, bigints are not
        .toList();
  }

  @Override
  public List<LogRow> of(SiteName site) {
    return sql.query(
        "SELECT * FROM log WHERE tenant = ? AND site = ? ORDER BY opened",
        SqlLogRecords::log,
        site.tenant(),
        site.site());
  }

  @Override
  public void insert(LogRow log) {
    sql.update(
        "INSERT INTO log (id, serial_bits, origin, key, tenant, site, closed, size, edge, root,"
            + " last_issued_at, feed_incarnation, feed_number, checkpoint, ingested_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        log.id().value(),
        log.id().serialBits(),
        log.origin(),
        log.key().der(),
        log.site().tenant(),
        log.site().site(),
        log.closed(),
        log.size(),
        log.edge().encode(),
        log.root().bytes(),
        log.lastIssuedAt().orElse(null),
        log.feed().incarnation(),
        log.feed().number(),
        log.checkpoint(),
        log.ingestedAt());
    wake();
  }

  @Override
  public void update(LogRow log) {
    sql.update(
        "UPDATE log SET closed = ?, size = ?, edge = ?, root = ?, last_issued_at = ?,"
            + " feed_incarnation = ?, feed_number = ?, checkpoint = ?, ingested_at = ?"
            + " WHERE id = ?",
        log.closed(),
        log.size(),
        log.edge().encode(),
        log.root().bytes(),
        log.lastIssuedAt().orElse(null),
        log.feed().incarnation(),
        log.feed().number(),
        log.checkpoint(),
        log.ingestedAt(),
        log.id().value());
    wake();
  }

  @Override
  public void append(LogId log, long from, List<EntryRow> entries) {
    List<MirroredEntryRow> rows = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      rows.add(new MirroredEntryRow(log, from + i, entries.get(i)));
    }
    session.insertMultiple(rows);
  }

  @Override
  public List<Octets> entries(LogId log, long from, long octets) {
    List<Octets> entries = new ArrayList<>();
    long left = octets;
    for (long next = from; ; next += PAGE) {
      List<Octets> page =
          sql.query(
              "SELECT der FROM log_entry WHERE log_id = ? AND log_index >= ? AND log_index < ?"
                  + " ORDER BY log_index",
              row -> new Octets(row.getBytes(1)),
              log.value(),
              next,
              next + PAGE);
      for (Octets entry : page) {
        left -= entry.length();
        if (left < 0 && !entries.isEmpty()) {
          return entries;
        }
        entries.add(entry);
      }
      if (page.size() < PAGE) {
        return entries;
      }
    }
  }

  @Override
  public void leafHashes(LogId log, long size, Consumer<Sha256> leaf) {
    sql.each(
        "SELECT leaf_hash FROM log_entry WHERE log_id = ? AND log_index < ? ORDER BY log_index",
        row -> leaf.accept(new Sha256(row.getBytes(1))),
        log.value(),
        size);
  }

  private void wake() {
    sql.execute("SELECT pg_notify(?, '')", SqlRegistryStore.CHANNEL);
  }

  static LogRow log(ResultSet row) throws SQLException {
    try {
      return new LogRow(
          new LogId(row.getLong("id")),
          row.getString("origin"),
          SubjectPublicKey.parse(row.getBytes("key")),
          new SiteName(row.getString("tenant"), row.getString("site")),
          row.getBoolean("closed"),
          RightEdge.decode(row.getLong("size"), row.getBytes("edge")),
          Columns.hash(row, "root"),
          Statements.optionalInstant(row, "last_issued_at"),
          new Position(row.getLong("feed_incarnation"), row.getLong("feed_number")),
          row.getString("checkpoint"),
          Statements.instant(row, "ingested_at"));
    } catch (MalformedException e) {
      throw Columns.damaged("right edge", e);
    } catch (KeyRefusedException e) {
      throw Columns.damaged("log key", e);
    }
  }
}
