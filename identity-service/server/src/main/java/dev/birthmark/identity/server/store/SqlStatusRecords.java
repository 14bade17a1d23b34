package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.status.PlanePage;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.StatusRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Table {@code status_page}. */
final class SqlStatusRecords implements StatusRecords {

  private final Statements sql;

  SqlStatusRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public SortedMap<Integer, PlanePage> pages(LogId log, PlaneCode plane, SortedSet<Integer> pages) {
    SortedMap<Integer, PlanePage> found = new TreeMap<>();
    sql.query(
        "SELECT page, bits FROM status_page WHERE log_id = ? AND plane = ? AND page = ANY (?)",
        row -> found.put(row.getInt(1), PlanePage.decode(row.getBytes(2))),
        log.value(),
        plane.value(),
        pages.stream().map(Integer::longValue).toArray(Long[]::new));
    return found;
  }

  @Override
  public void put(LogId log, PlaneCode plane, SortedMap<Integer, PlanePage> pages) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    pages.forEach((page, bits) ->
        rows.add(new @Nullable Object[] {log.value(), plane.value(), page, bits.encode()}));
    sql.batch(
        "INSERT INTO status_page (log_id, plane, page, bits) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (log_id, plane, page) DO UPDATE SET bits = excluded.bits",
        rows);
  }

  @Override
  public SortedSet<PlaneCode> planes(LogId log) {
    return new TreeSet<>(
        sql.query(
            "SELECT DISTINCT plane FROM status_page WHERE log_id = ?",
            row -> new PlaneCode(row.getInt(1)),
            log.value()));
  }

  @Override
  public void each(LogId log, PageVisitor visitor) {
    sql.each(
        "SELECT plane, page, bits FROM status_page WHERE log_id = ? ORDER BY plane, page",
        row ->
            visitor.page(
                new PlaneCode(row.getInt(1)), row.getInt(2), PlanePage.decode(row.getBytes(3))),
        log.value());
  }
}
