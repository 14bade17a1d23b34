package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.Claims;
import dev.birthmark.identity.registry.Credential;
import dev.birthmark.identity.registry.CredentialRecords;
import dev.birthmark.identity.registry.Facts;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.revocation.Term;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tables {@code credential} and {@code membership}; claims and facts by {@link SqlClaims}. */
final class SqlCredentialRecords implements CredentialRecords {

  private final StatelessSession session;
  private final Statements sql;
  private final SqlClaims claims;

  SqlCredentialRecords(StatelessSession session, Statements sql) {
    this.session = session;
    this.sql = sql;
    this.claims = new SqlClaims(sql);
  }

  @Override
  public SortedMap<Facts, Integer> claimFacts(SortedSet<Facts> facts) {
    return claims.facts(facts);
  }

  @Override
  public SortedMap<String, Claims.Order> lockOrders(
      SiteName site, SortedMap<String, Claims.Order> orders) {
    return claims.orders(site, orders);
  }

  @Override
  public void updateOrders(Collection<Claims.Order> orders) {
    sql.batch(
        "UPDATE site_order SET issued = ? WHERE tenant = ? AND site = ? AND id = ?",
        orders.stream()
            .map(order ->
                new @Nullable Object[] {
                  order.issued(), order.site().tenant(), order.site().site(), order.id()
                })
            .toList());
  }

  @Override
  public SortedMap<String, Claims.Device> claimDevices(
      String tenant, SortedMap<String, Claims.Device> devices) {
    return claims.devices(tenant, devices);
  }

  @Override
  public SortedMap<Sha256, Claims.Key> claimKeys(
      String tenant, SortedMap<Sha256, Claims.Key> keys) {
    return claims.keys(tenant, keys);
  }

  @Override
  public SortedMap<Place, Place> claimRenewals(SortedMap<Place, Place> childByRenewed) {
    return claims.renewals(childByRenewed);
  }

  @Override
  public void insert(List<Credential> credentials) {
    session.insertMultiple(credentials.stream().map(CredentialRow::new).toList());
  }

  @Override
  public void addMembers(LogId log, SortedMap<Term, Members> members) {
    // The log's row is locked, so nobody else changes the bitmaps of this log.
    String tenant =
        sql.first("SELECT tenant FROM log WHERE id = ?", row -> row.getString(1), log.value())
            .orElseThrow();
    List<@Nullable Object[]> rows = new ArrayList<>();
    members.forEach((term, added) -> {
      Members all = added.in(log).union(held(tenant, term, log));
      rows.add(
          new @Nullable Object[] {
            tenant, term.attribute().text(), term.value(), log.value(), all.encode(log)
          });
    });
    sql.batch(
        "INSERT INTO membership (tenant, attribute, value, log_id, bitmap) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (tenant, attribute, value, log_id)"
            + " DO UPDATE SET bitmap = excluded.bitmap",
        rows);
  }

  private Members held(String tenant, Term term, LogId log) {
    return sql.first(
            "SELECT log_id, bitmap FROM membership"
                + " WHERE tenant = ? AND attribute = ? AND value = ? AND log_id = ?",
            row -> Columns.members(row, "bitmap"),
            tenant,
            term.attribute().text(),
            term.value(),
            log.value())
        .orElse(Members.none());
  }

  @Override
  public SortedMap<Place, Credential> at(Collection<Place> places) {
    SortedMap<LogId, List<Long>> byLog = new TreeMap<>();
    places.forEach(
        place -> byLog.computeIfAbsent(place.log(), log -> new ArrayList<>()).add(place.index()));
    SortedMap<Place, Credential> found = new TreeMap<>();
    byLog.forEach((log, indexes) ->
        sql.query(
                "SELECT * FROM credential WHERE log_id = ? AND log_index = ANY (?)",
                SqlCredentialRecords::credential,
                log.value(),
                indexes.toArray(Long[]::new))
            .forEach(credential -> found.put(credential.place(), credential)));
    return found;
  }

  @Override
  public Optional<Credential> byFingerprint(Sha256 fingerprint) {
    return sql.first(
        "SELECT * FROM credential WHERE fingerprint = ?",
        SqlCredentialRecords::credential,
        fingerprint.bytes());
  }

  @Override
  public List<Credential> ofDevice(String tenant, String canonicalId) {
    return sql
        .query(
            "SELECT * FROM credential WHERE tenant = ? AND device_canonical = ?",
            SqlCredentialRecords::credential,
            tenant,
            canonicalId)
        .stream()
        .sorted((a, b) -> a.place().compareTo(b.place()))
        .toList();
  }

  @Override
  public void slots(LogId log, long from, long to, SlotVisitor visitor) {
    sql.each(
        "SELECT log_index, tag, facts FROM credential"
            + " WHERE log_id = ? AND log_index >= ? AND log_index < ? ORDER BY log_index",
        row -> visitor.slot(row.getLong(1), row.getInt(2), row.getInt(3)),
        log.value(),
        from,
        to);
  }

  @Override
  public SortedMap<Integer, Facts> facts(SortedSet<Integer> ids) {
    return claims.factsById(
        "id = ANY (?)", (Object) ids.stream().map(Integer::longValue).toArray(Long[]::new));
  }

  private static Credential credential(ResultSet row) throws SQLException {
    long renewedIndex = row.getLong("renews_index");
    Optional<Place> renews =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Place(new LogId(row.getLong("renews_log")), renewedIndex));
    return new Credential(
        Columns.place(row),
        row.getString("tenant"),
        new DeviceId(row.getString("device")),
        CertificateSerial.fromBigInteger(new BigInteger(row.getBytes("serial"))),
        Columns.hash(row, "fingerprint"),
        Columns.hash(row, "key_hash"),
        row.getInt("tag"),
        row.getInt("facts"),
        Statements.instant(row, "not_before"),
        Statements.instant(row, "not_after"),
        Statements.instant(row, "issued_at"),
        renews);
  }
}
