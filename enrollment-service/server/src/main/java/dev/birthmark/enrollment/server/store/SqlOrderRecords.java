package dev.birthmark.enrollment.server.store;

import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.registration.OrderRecords;
import dev.birthmark.enrollment.registration.Refusals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables {@code production_order} and {@code refusal}. */
final class SqlOrderRecords implements OrderRecords {

  private final Statements sql;

  SqlOrderRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public boolean add(Order order) {
    return sql.update(
            "INSERT INTO production_order (id, tenant, model, hardware_revision, lot, profile,"
                + " quantity, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO NOTHING",
            order.id(),
            order.tenant(),
            order.model(),
            order.hardwareRevision(),
            order.lot(),
            order.profile(),
            order.quantity(),
            order.openedBy(),
            order.openedAt())
        == 1;
  }

  @Override
  public void correct(Order order) {
    sql.update(
        "UPDATE production_order SET tenant = ?, model = ?, hardware_revision = ?, lot = ?,"
            + " profile = ?, quantity = ?, opened_by = ?, opened_at = ? WHERE id = ?",
        order.tenant(),
        order.model(),
        order.hardwareRevision(),
        order.lot(),
        order.profile(),
        order.quantity(),
        order.openedBy(),
        order.openedAt(),
        order.id());
  }

  @Override
  public Optional<OrderAccount> find(String id) {
    SortedMap<String, Long> refused = new TreeMap<>();
    sql.query(
        "SELECT reason, count FROM refusal WHERE order_id = ?",
        row -> refused.put(row.getString(1), row.getLong(2)),
        id);
    return sql.first(
        "SELECT * FROM production_order WHERE id = ?",
        row -> new OrderAccount(order(row), row.getInt("issued"), refused),
        id);
  }

  @Override
  public SortedMap<String, OrderAccount> findAll(Collection<String> ids) {
    SortedMap<String, OrderAccount> found = new TreeMap<>();
    sql.query(
            "SELECT * FROM production_order WHERE id = ANY (?)",
            row -> new OrderAccount(order(row), row.getInt("issued"), new TreeMap<>()),
            (Object) ids.toArray(String[]::new))
        .forEach(account -> found.put(account.order().id(), account));
    return found;
  }

  @Override
  public void addIssued(SortedMap<String, Integer> byOrder) {
    sql.batch(
        "UPDATE production_order SET issued = issued + ? WHERE id = ?",
        byOrder.entrySet().stream()
            .map(entry -> new @Nullable Object[] {entry.getValue(), entry.getKey()})
            .toList());
  }

  @Override
  public void addRefused(List<Refusals> refusals) {
    // One order of locking for all writers, so that two of them cannot wait for each other.
    List<Refusals> sorted =
        refusals.stream()
            .sorted(Comparator.comparing(Refusals::order).thenComparing(Refusals::reason))
            .toList();
    sql.batch(
        "INSERT INTO refusal (order_id, reason, count)"
            + " SELECT id, ?, ? FROM production_order WHERE id = ?"
            + " ON CONFLICT (order_id, reason) DO UPDATE SET count = refusal.count + excluded.count",
        sorted.stream()
            .map(refusal ->
                new @Nullable Object[] {refusal.reason(), refusal.count(), refusal.order()})
            .toList());
  }

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("model"),
        row.getString("hardware_revision"),
        row.getString("lot"),
        row.getString("profile"),
        row.getInt("quantity"),
        row.getString("opened_by"),
        Statements.instant(row, "opened_at"));
  }
}
