package dev.birthmark.identity.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.status.Members;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.Term;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Tables {@code in_force} and {@code holding}; reads {@code change_member}. */
final class SqlForceRecords implements ForceRecords {

  private static final String HOLDING =
      "SELECT h.incarnation, h.number, f.kind, h.log_id, h.held, h.lifted"
          + " FROM holding h JOIN in_force f USING (tenant, incarnation, number)"
          + " WHERE h.tenant = ? AND ";
  private static final Comparator<Holding> BY_POSITION =
      Comparator.comparing(Holding::change).thenComparing(Holding::log);

  private final Statements sql;

  SqlForceRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public void enter(InForce change, Members members) {
    @Nullable Term key = Term.of(change.selector()).stream().findFirst().orElse(null);
    sql.update(
        "INSERT INTO in_force (tenant, incarnation, number, kind, reason, selector, key_attribute,"
            + " key_value, cause_incarnation, cause_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        change.tenant(),
        change.position().incarnation(),
        change.position().number(),
        change.kind().number(),
        change.reason().number(),
        change.selector().text(),
        key == null ? null : key.attribute().text(),
        key == null ? null : key.value(),
        change.cause().map(Position::incarnation).orElse(null),
        change.cause().map(Position::number).orElse(null));
    for (LogId log : members.logs()) {
      put(
          change.tenant(),
          new Holding(change.position(), change.kind(), log, members.in(log), Members.none()));
    }
  }

  @Override
  public List<InForce> matching(String tenant, SortedSet<Term> terms) {
    return sql.query(
        "SELECT * FROM in_force WHERE tenant = ? AND (key_attribute, key_value)"
            + " IN (SELECT * FROM unnest(?, ?)) ORDER BY incarnation, number",
        SqlForceRecords::inForce,
        tenant,
        terms.stream().map(term -> term.attribute().text()).toArray(String[]::new),
        terms.stream().map(Term::value).toArray(String[]::new));
  }

  @Override
  public List<InForce> withFollowOns(String tenant, Position change) {
    return sql.query(
        "SELECT * FROM in_force WHERE tenant = ? AND ((incarnation, number) = (?, ?)"
            + " OR (cause_incarnation, cause_number) = (?, ?)) ORDER BY incarnation, number",
        SqlForceRecords::inForce,
        tenant,
        change.incarnation(),
        change.number(),
        change.incarnation(),
        change.number());
  }

  @Override
  public void leave(String tenant, Collection<Position> changes) {
    sql.batch(
        "DELETE FROM in_force WHERE tenant = ? AND incarnation = ? AND number = ?",
        changes.stream()
            .map(position ->
                new @Nullable Object[] {tenant, position.incarnation(), position.number()})
            .toList());
  }

  @Override
  public List<Holding> holdings(String tenant, Collection<Position> changes) {
    return holdingsWhere(
        "(h.incarnation, h.number) IN (SELECT * FROM unnest(?, ?))",
        tenant,
        changes.stream().map(Position::incarnation).toArray(Long[]::new),
        changes.stream().map(Position::number).toArray(Long[]::new));
  }

  @Override
  public List<Holding> suspensions(String tenant, SortedSet<LogId> logs) {
    return holdingsWhere(
        "f.kind = "
            + dev.birthmark.credential.feed.ChangeKind.SUSPEND.number()
            + " AND h.log_id = ANY (?)",
        tenant,
        (Object) logs.stream().map(LogId::value).toArray(Long[]::new));
  }

  @Override
  public List<Holding> holdingsFrom(String tenant, LogId log, long index) {
    return holdingsWhere("h.log_id = ? AND h.last_index >= ?", tenant, log.value(), index);
  }

  private List<Holding> holdingsWhere(String condition, String tenant, Object... parameters) {
    List<Object> all = new ArrayList<>();
    all.add(tenant);
    all.addAll(List.of(parameters));
    return sql.query(HOLDING + condition, SqlForceRecords::holding, all.toArray()).stream()
        .sorted(BY_POSITION)
        .toList();
  }

  @Override
  public List<Position> naming(String tenant, Place place) {
    List<Position> positions = new ArrayList<>();
    sql.each(
        "SELECT log_id, incarnation, number, bitmap FROM change_member WHERE tenant = ?"
            + " AND log_id = ? AND first_index <= ? AND last_index >= ?"
            + " ORDER BY incarnation, number",
        row -> {
          if (Columns.members(row, "bitmap").contains(place)) {
            positions.add(Columns.position(row));
          }
        },
        tenant,
        place.log().value(),
        place.index(),
        place.index());
    return positions;
  }

  @Override
  public void replace(String tenant, Holding holding) {
    put(tenant, holding);
  }

  private void put(String tenant, Holding holding) {
    LogId log = holding.log();
    Members held = holding.held().in(log);
    long last = held.isEmpty() ? -1 : Integer.toUnsignedLong(held.indexes(log).last());
    sql.update(
        "INSERT INTO holding (tenant, incarnation, number, log_id, last_index, held, lifted)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, incarnation, number, log_id)"
            + " DO UPDATE SET last_index = excluded.last_index, held = excluded.held,"
            + " lifted = excluded.lifted",
        tenant,
        holding.change().incarnation(),
        holding.change().number(),
        log.value(),
        last,
        held.encode(log),
        holding.lifted().encode(log));
  }

  private static Holding holding(ResultSet row) throws SQLException {
    return new Holding(
        Columns.position(row),
        Columns.kind(row),
        new LogId(row.getLong("log_id")),
        Columns.members(row, "held"),
        Columns.members(row, "lifted"));
  }

  private static InForce inForce(ResultSet row) throws SQLException {
    try {
      return new InForce(
          row.getString("tenant"),
          Columns.position(row),
          Columns.kind(row),
          Reason.fromNumber(row.getInt("reason")),
          Selector.parse(row.getString("selector")),
          Columns.optionalPosition(row, "cause_incarnation", "cause_number"));
    } catch (MalformedException e) {
      throw Columns.damaged("selector", e);
    }
  }
}
