package dev.birthmark.identity.server.store;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.ConsumerRecords;
import dev.birthmark.identity.revocation.ConsumerRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tables {@code consumer} and {@code acknowledgement}. */
final class SqlConsumerRecords implements ConsumerRecords {

  private final Statements sql;

  SqlConsumerRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<ConsumerRow> lock(String tenant, String name) {
    return sql.first(
        "SELECT * FROM consumer WHERE tenant = ? AND name = ? FOR UPDATE",
        SqlConsumerRecords::consumer,
        tenant,
        name);
  }

  @Override
  public List<ConsumerRow> all(String tenant) {
    return sql.query(
        "SELECT * FROM consumer WHERE tenant = ? ORDER BY name",
        SqlConsumerRecords::consumer,
        tenant);
  }

  @Override
  public int count(String tenant) {
    return sql.first("SELECT count(*) FROM consumer WHERE tenant = ?", row -> row.getInt(1), tenant)
        .orElseThrow();
  }

  @Override
  public void put(ConsumerRow consumer) {
    sql.update(
        "INSERT INTO consumer (tenant, name, kind, subject, incarnation, number, lease_until)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, name) DO UPDATE SET"
            + " kind = excluded.kind, subject = excluded.subject,"
            + " incarnation = excluded.incarnation, number = excluded.number,"
            + " lease_until = excluded.lease_until",
        consumer.tenant(),
        consumer.name(),
        consumer.kind().text(),
        consumer.subject(),
        consumer.position().incarnation(),
        consumer.position().number(),
        consumer.leaseUntil());
  }

  @Override
  public void removeExpired(String tenant, Instant before) {
    sql.update("DELETE FROM consumer WHERE tenant = ? AND lease_until < ?", tenant, before);
  }

  @Override
  public void acknowledged(String tenant, String name, Position position, Instant at) {
    sql.update(
        "INSERT INTO acknowledgement (tenant, name, incarnation, number, at)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        tenant,
        name,
        position.incarnation(),
        position.number(),
        at);
  }

  @Override
  public Optional<Instant> firstAcknowledged(String tenant, String name, Position atLeast) {
    return sql.first(
        "SELECT at FROM acknowledgement WHERE tenant = ? AND name = ?"
            + " AND (incarnation, number) >= (?, ?) ORDER BY at LIMIT 1",
        row -> Statements.instant(row, "at"),
        tenant,
        name,
        atLeast.incarnation(),
        atLeast.number());
  }

  private static ConsumerRow consumer(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new ConsumerRow(
        row.getString("tenant"),
        row.getString("name"),
        Arrays.stream(ConsumerRow.Kind.values())
            .filter(known -> known.text().equals(kind))
            .findFirst()
            .orElseThrow(),
        row.getString("subject"),
        Columns.position(row),
        Statements.instant(row, "lease_until"));
  }
}
