package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.Claims;
import dev.birthmark.identity.registry.Facts;
import dev.birthmark.identity.registry.SiteName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who was first: tables {@code facts}, {@code site_order}, {@code device}, {@code device_key} and
 * {@code renewal}. Each claim inserts in key order what nobody has ({@code ON CONFLICT DO NOTHING}
 * waits for whoever is inserting the same), then reads what is there by a statement of its own,
 * which sees what the other one committed.
 */
final class SqlClaims {

  private static final String FACTS =
      "tenant, site, order_id, lot, model, hardware_revision, profile, station";

  private final Statements sql;

  SqlClaims(Statements sql) {
    this.sql = sql;
  }

  SortedMap<Facts, Integer> facts(SortedSet<Facts> wanted) {
    SortedMap<Facts, Integer> ids = new TreeMap<>();
    for (Facts facts : wanted) {
      Object[] values = {
        facts.site().tenant(),
        facts.site().site(),
        facts.order(),
        facts.lot(),
        facts.model(),
        facts.hardwareRevision(),
        facts.profile(),
        facts.station()
      };
      Integer id = factsId(values);
      if (id == null) {
        sql.update(
            "INSERT INTO facts ("
                + FACTS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values);
        id = factsId(values);
      }
      if (id == null) {
        throw new IllegalStateException("facts vanished that were just inserted");
      }
      ids.put(facts, id);
    }
    return ids;
  }

  private @Nullable Integer factsId(Object[] values) {
    return sql.first(
            "SELECT id FROM facts WHERE (" + FACTS + ") = (?, ?, ?, ?, ?, ?, ?, ?)",
            row -> row.getInt(1),
            values)
        .orElse(null);
  }

  SortedMap<Integer, Facts> factsById(String condition, Object parameter) {
    SortedMap<Integer, Facts> byId = new TreeMap<>();
    sql.query(
        "SELECT * FROM facts WHERE " + condition,
        row -> byId.put(row.getInt("id"), facts(row)),
        parameter);
    return byId;
  }

  private static Facts facts(ResultSet row) throws SQLException {
    return new Facts(
        new SiteName(row.getString("tenant"), row.getString("site")),
        row.getString("order_id"),
        row.getString("lot"),
        row.getString("model"),
        row.getString("hardware_revision"),
        row.getString("profile"),
        row.getString("station"));
  }

  SortedMap<String, Claims.Order> orders(SiteName site, SortedMap<String, Claims.Order> wanted) {
    sql.batch(
        "INSERT INTO site_order (tenant, site, id, quantity, issued) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        wanted.values().stream()
            .map(order ->
                new @Nullable Object[] {
                  site.tenant(), site.site(), order.id(), order.quantity(), order.issued()
                })
            .toList());
    SortedMap<String, Claims.Order> locked = new TreeMap<>();
    sql.query(
            "SELECT id, quantity, issued FROM site_order"
                + " WHERE tenant = ? AND site = ? AND id = ANY (?) ORDER BY id FOR UPDATE",
            row -> new Claims.Order(site, row.getString(1), row.getLong(2), row.getLong(3)),
            site.tenant(),
            site.site(),
            wanted.keySet().toArray(String[]::new))
        .forEach(order -> locked.put(order.id(), order));
    return locked;
  }

  SortedMap<String, Claims.Device> devices(String tenant, SortedMap<String, Claims.Device> wanted) {
    if (wanted.isEmpty()) {
      return new TreeMap<>();
    }
    Collection<Claims.Device> devices = wanted.values();
    sql.update(
        "INSERT INTO device (tenant, registered_at, canonical, device, site, model,"
            + " hardware_revision, lot, order_id)"
            + " SELECT ?, ?, * FROM unnest(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        tenant,
        devices.iterator().next().registeredAt(),
        wanted.keySet().toArray(String[]::new),
        column(devices, device -> device.device().value()),
        column(devices, Claims.Device::site),
        column(devices, Claims.Device::model),
        column(devices, Claims.Device::hardwareRevision),
        column(devices, Claims.Device::lot),
        column(devices, Claims.Device::order));
    SortedMap<String, Claims.Device> there = new TreeMap<>();
    sql.query(
            "SELECT * FROM device WHERE tenant = ? AND canonical = ANY (?)",
            SqlClaims::device,
            tenant,
            wanted.keySet().toArray(String[]::new))
        .forEach(device -> there.put(device.device().canonical(), device));
    return there;
  }

  static Claims.Device device(ResultSet row) throws SQLException {
    return new Claims.Device(
        row.getString("tenant"),
        new DeviceId(row.getString("device")),
        row.getString("site"),
        row.getString("model"),
        row.getString("hardware_revision"),
        row.getString("lot"),
        row.getString("order_id"),
        Statements.instant(row, "registered_at"));
  }

  SortedMap<Sha256, Claims.Key> keys(String tenant, SortedMap<Sha256, Claims.Key> wanted) {
    byte[][] hashes = wanted.keySet().stream().map(Sha256::bytes).toArray(byte[][]::new);
    sql.update(
        "INSERT INTO device_key (tenant, key_hash, site, device)"
            + " SELECT ?, * FROM unnest(?, ?, ?) ON CONFLICT DO NOTHING",
        tenant,
        hashes,
        column(wanted.values(), Claims.Key::site),
        column(wanted.values(), Claims.Key::device));
    SortedMap<Sha256, Claims.Key> there = new TreeMap<>();
    sql.query(
            "SELECT key_hash, site, device FROM device_key"
                + " WHERE tenant = ? AND key_hash = ANY (?)",
            row ->
                new Claims.Key(
                    tenant, new Sha256(row.getBytes(1)), row.getString(2), row.getString(3)),
            tenant,
            hashes)
        .forEach(key -> there.put(key.key(), key));
    return there;
  }

  SortedMap<Place, Place> renewals(SortedMap<Place, Place> wanted) {
    SortedMap<Place, Place> there = new TreeMap<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    wanted.forEach((renewed, child) ->
        rows.add(
            new @Nullable Object[] {
              renewed.log().value(), renewed.index(), child.log().value(), child.index()
            }));
    sql.batch(
        "INSERT INTO renewal (log_id, log_index, child_log, child_index) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        rows);
    for (Place renewed : wanted.keySet()) {
      sql.first(
              "SELECT child_log, child_index FROM renewal WHERE log_id = ? AND log_index = ?",
              row -> new Place(new LogId(row.getLong(1)), row.getLong(2)),
              renewed.log().value(),
              renewed.index())
          .ifPresent(child -> there.put(renewed, child));
    }
    return there;
  }

  private static <T> String[] column(Collection<T> rows, Function<T, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
