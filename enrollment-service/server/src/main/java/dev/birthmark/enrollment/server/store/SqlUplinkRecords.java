package dev.birthmark.enrollment.server.store;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.uplink.Registered;
import dev.birthmark.enrollment.uplink.StoredChange;
import dev.birthmark.enrollment.uplink.UplinkRecords;
import java.util.Optional;

/** Tables {@code registered_log} and {@code feed_change}. */
final class SqlUplinkRecords implements UplinkRecords {

  private final Statements sql;

  SqlUplinkRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public Registered registered(LogId log) {
    return sql.first(
            "SELECT size, checkpoint FROM registered_log WHERE log_id = ?",
            row -> new Registered(log, row.getLong(1), row.getString(2)),
            log.value())
        .orElseGet(() -> new Registered(log, 0, ""));
  }

  @Override
  public void register(Registered registered) {
    sql.update(
        "INSERT INTO registered_log (log_id, size, checkpoint) VALUES (?, ?, ?)"
            + " ON CONFLICT (log_id) DO UPDATE SET size = excluded.size, checkpoint ="
            + " excluded.checkpoint",
        registered.log().value(),
        registered.size(),
        registered.checkpoint());
  }

  @Override
  public Optional<StoredChange> lastChange() {
    return sql.first(
        "SELECT * FROM feed_change ORDER BY incarnation DESC, number DESC LIMIT 1",
        row ->
            new StoredChange(
                new Position(row.getLong("incarnation"), row.getLong("number")),
                new Octets(row.getBytes("der")),
                row.getString("head")));
  }

  @Override
  public void keep(StoredChange change) {
    sql.update(
        "INSERT INTO feed_change (incarnation, number, der, head) VALUES (?, ?, ?, ?)",
        change.position().incarnation(),
        change.position().number(),
        change.der().bytes(),
        change.head());
    sql.update(
        "UPDATE site SET feed_incarnation = ?, feed_number = ?",
        change.position().incarnation(),
        change.position().number());
  }
}
