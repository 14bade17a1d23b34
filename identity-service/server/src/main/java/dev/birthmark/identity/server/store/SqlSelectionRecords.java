package dev.birthmark.identity.server.store;

import dev.birthmark.credential.feed.LogHead;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.SelectionRecords;
import dev.birthmark.identity.revocation.Term;
import java.util.SortedMap;
import java.util.TreeMap;

/** Selectors over tables {@code credential} and {@code membership}; heads of {@code log}. */
final class SqlSelectionRecords implements SelectionRecords {

  private final Statements sql;

  SqlSelectionRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public Members members(String tenant, Term term) {
    return switch (term.attribute()) {
      case CHANGE -> Members.none();
      case DEVICE_ID -> places(tenant, "device_canonical = ?", term.value());
      case FINGERPRINT -> places(tenant, "fingerprint = ?", Sha256.fromHex(term.value()).bytes());
      case KEY -> places(tenant, "key_hash = ?", Sha256.fromHex(term.value()).bytes());
      case SERIAL -> bySerial(tenant, CertificateSerial.parse(term.value()));
      case HARDWARE_REVISION, ISSUER, LOT, MODEL, ORDER, PROFILE, SITE, STATION ->
          shared(tenant, term.attribute(), term.value());
    };
  }

  private Members places(String tenant, String condition, Object value) {
    return Members.of(
        sql.query(
            "SELECT log_id, log_index FROM credential WHERE tenant = ? AND " + condition,
            Columns::place,
            tenant,
            value));
  }

  /** A serial of ours names its place; the whole serial must be the one that stands there. */
  private Members bySerial(String tenant, CertificateSerial serial) {
    if (!serial.isPlace()) {
      return Members.none();
    }
    return Members.of(
        sql.query(
            "SELECT c.log_id, c.log_index FROM credential c JOIN log l ON l.id = c.log_id"
                + " WHERE c.tenant = ? AND l.serial_bits = ? AND c.log_index = ? AND c.serial = ?",
            Columns::place,
            tenant,
            serial.logBits(),
            serial.index(),
            serial.value().toByteArray()));
  }

  private Members shared(String tenant, SelectorAttribute attribute, String value) {
    return Members.unionOf(
        sql.query(
            "SELECT log_id, bitmap FROM membership"
                + " WHERE tenant = ? AND attribute = ? AND value = ?",
            row -> Columns.members(row, "bitmap"),
            tenant,
            attribute.text(),
            value));
  }

  @Override
  public SortedMap<LogId, LogHead> logs(String tenant) {
    SortedMap<LogId, LogHead> heads = new TreeMap<>();
    sql.query(
        "SELECT id, size, root FROM log WHERE tenant = ?",
        row ->
            heads.put(
                new LogId(row.getLong(1)),
                new LogHead(row.getLong(2), new Sha256(row.getBytes(3)))),
        tenant);
    return heads;
  }
}
