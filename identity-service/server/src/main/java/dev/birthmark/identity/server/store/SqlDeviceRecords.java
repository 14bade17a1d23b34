package dev.birthmark.identity.server.store;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.Place;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.Claims;
import dev.birthmark.identity.registry.DeviceRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables {@code device} and {@code device_event}. */
final class SqlDeviceRecords implements DeviceRecords {

  /** Sorts behind every character of a device id. */
  private static final String LAST = "\u007f";

  private static final int MAX_EVENTS = 1000;

  private final Statements sql;

  SqlDeviceRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public List<Claims.Device> search(Query query) {
    List<@Nullable Object> parameters = new ArrayList<>();
    StringBuilder condition = new StringBuilder("tenant = ? AND canonical > ?");
    parameters.add(query.tenant());
    parameters.add(query.after());
    if (!query.prefix().isEmpty()) {
      condition.append(" AND canonical >= ? AND canonical < ?");
      parameters.add(query.prefix());
      parameters.add(query.prefix() + LAST);
    }
    equal(condition, parameters, "model", query.model());
    equal(condition, parameters, "lot", query.lot());
    equal(condition, parameters, "order_id", query.order());
    parameters.add(query.limit());
    return sql.query(
        "SELECT * FROM device WHERE " + condition + " ORDER BY canonical LIMIT ?",
        SqlClaims::device,
        parameters.toArray());
  }

  private static void equal(
      StringBuilder condition, List<@Nullable Object> parameters, String column, String value) {
    if (!value.isEmpty()) {
      condition.append(" AND ").append(column).append(" = ?");
      parameters.add(value);
    }
  }

  @Override
  public Optional<Claims.Device> device(String tenant, String canonicalId) {
    return sql.first(
        "SELECT * FROM device WHERE tenant = ? AND canonical = ?",
        SqlClaims::device,
        tenant,
        canonicalId);
  }

  @Override
  public SortedMap<String, List<Place>> places(String tenant, Collection<String> canonicalIds) {
    SortedMap<String, List<Place>> places = new TreeMap<>();
    sql.query(
        "SELECT device_canonical, log_id, log_index FROM credential"
            + " WHERE tenant = ? AND device_canonical = ANY (?) ORDER BY log_id, log_index",
        row ->
            places
                .computeIfAbsent(row.getString(1), device -> new ArrayList<>())
                .add(Columns.place(row)),
        tenant,
        canonicalIds.toArray(String[]::new));
    return places;
  }

  @Override
  public void note(List<Event> events) {
    sql.batch(
        "INSERT INTO device_event (tenant, device, at, event, detail, log_id, log_index,"
            + " change_incarnation, change_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        events.stream()
            .map(event ->
                new @Nullable Object[] {
                  event.tenant(),
                  event.device(),
                  event.at(),
                  event.event(),
                  event.detail(),
                  event.place().log().value(),
                  event.place().index(),
                  event.change().map(Position::incarnation).orElse(null),
                  event.change().map(Position::number).orElse(null)
                })
            .toList());
  }

  @Override
  public List<Event> events(String tenant, String canonicalId) {
    return sql.query(
        "SELECT * FROM device_event WHERE tenant = ? AND device = ? ORDER BY id LIMIT ?",
        SqlDeviceRecords::event,
        tenant,
        canonicalId,
        MAX_EVENTS);
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getString("tenant"),
        row.getString("device"),
        Statements.instant(row, "at"),
        row.getString("event"),
        row.getString("detail"),
        Columns.place(row),
        Columns.optionalPosition(row, "change_incarnation", "change_number"));
  }
}
