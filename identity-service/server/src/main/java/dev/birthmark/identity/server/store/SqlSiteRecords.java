package dev.birthmark.identity.server.store;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.registry.SiteRecords;
import dev.birthmark.identity.registry.SiteRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tables {@code site} and {@code site_issuer}. */
final class SqlSiteRecords implements SiteRecords {

  private static final String SELECT =
      "SELECT site.*, (SELECT coalesce(array_agg(key_hash), '{}') FROM site_issuer i"
          + " WHERE i.tenant = site.tenant AND i.site = site.name) AS issuer_keys FROM site ";

  private final Statements sql;

  SqlSiteRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public void lockRegistrations() {
    sql.execute("SELECT pg_advisory_xact_lock(hashtextextended('registrations', 0))");
  }

  @Override
  public List<SiteRow> all() {
    return sql.query(SELECT + "ORDER BY tenant, name", SqlSiteRecords::site);
  }

  @Override
  public SortedMap<SiteName, Long> numbers() {
    SortedMap<SiteName, Long> numbers = new TreeMap<>();
    sql.query(
        "SELECT tenant, name, number FROM site",
        row -> numbers.put(new SiteName(row.getString(1), row.getString(2)), row.getLong(3)));
    return numbers;
  }

  @Override
  public Optional<SiteRow> site(SiteName name) {
    return sql.first(
        SELECT + "WHERE tenant = ? AND name = ?", SqlSiteRecords::site, name.tenant(), name.site());
  }

  @Override
  public Optional<SiteRow> byClientKey(Sha256 clientKey) {
    return sql.first(SELECT + "WHERE client_key = ?", SqlSiteRecords::site, clientKey.bytes());
  }

  @Override
  public void put(SiteRow site) {
    sql.update(
        "INSERT INTO site (tenant, name, number, bundle, client_key, registered_by, registered_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, name) DO UPDATE SET"
            + " number = excluded.number, bundle = excluded.bundle,"
            + " client_key = excluded.client_key, registered_by = excluded.registered_by,"
            + " registered_at = excluded.registered_at",
        site.name().tenant(),
        site.name().site(),
        site.number(),
        site.bundle(),
        site.clientKey().bytes(),
        site.registeredBy(),
        site.registeredAt());
    sql.update(
        "DELETE FROM site_issuer WHERE tenant = ? AND site = ?",
        site.name().tenant(),
        site.name().site());
    sql.batch(
        "INSERT INTO site_issuer (key_hash, tenant, site) VALUES (?, ?, ?)",
        site.issuerKeys().stream()
            .map(key ->
                new @Nullable Object[] {key.bytes(), site.name().tenant(), site.name().site()})
            .toList());
  }

  private static SiteRow site(ResultSet row) throws SQLException {
    SortedSet<Sha256> issuers = new TreeSet<>();
    Arrays.stream((byte[][]) row.getArray("issuer_keys").getArray())
        .map(Sha256::new)
        .forEach(issuers::add);
    return new SiteRow(
        new SiteName(row.getString("tenant"), row.getString("name")),
        row.getLong("number"),
        row.getString("bundle"),
        Columns.hash(row, "client_key"),
        issuers,
        row.getString("registered_by"),
        Statements.instant(row, "registered_at"));
  }
}
