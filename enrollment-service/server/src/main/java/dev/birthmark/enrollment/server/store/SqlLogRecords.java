package dev.birthmark.enrollment.server.store;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.StoredNode;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.issuance.LogRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tables {@code credential} and {@code tree_node}. */
final class SqlLogRecords implements LogRecords {

  /** Rows of one read of entries: some 1 kB each, so a full bundle takes few reads. */
  private static final int PAGE = 2048;

  private static final int FRAMING = 2;
  private static final String COLUMNS =
      "SELECT log_id, log_index, device, key_hash, order_id, leaf_hash, entry FROM credential";

  private final StatelessSession session;
  private final Statements sql;

  SqlLogRecords(StatelessSession session, Statements sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public List<IssuedCredential> ofDevices(Collection<String> canonical) {
    return sql.query(
        COLUMNS + " WHERE device_canonical = ANY (?)",
        SqlLogRecords::credential,
        (Object) canonical.toArray(String[]::new));
  }

  @Override
  public List<IssuedCredential> ofKeys(Collection<Sha256> keys) {
    return sql.query(
        COLUMNS + " WHERE key_hash = ANY (?)",
        SqlLogRecords::credential,
        (Object) keys.stream().map(Sha256::bytes).toArray(byte[][]::new));
  }

  @Override
  public void add(List<IssuedCredential> credentials) {
    session.insertMultiple(credentials.stream().map(CredentialRow::new).toList());
  }

  @Override
  public void addNodes(LogId log, List<StoredNode> nodes) {
    sql.batch(
        "INSERT INTO tree_node (log_id, level, node_index, hash) VALUES (?, ?, ?, ?)",
        nodes.stream()
            .map(node ->
                new @Nullable Object[] {
                  log.value(), node.level(), node.index(), node.hash().bytes()
                })
            .toList());
  }

  @Override
  public byte[] hashes(LogId log, int level, long first, int count) {
    String query =
        level == 0
            ? "SELECT leaf_hash FROM credential WHERE log_id = ?"
                + " AND log_index >= ? AND log_index < ? ORDER BY log_index"
            : "SELECT hash FROM tree_node WHERE log_id = ?"
                + " AND node_index >= ? AND node_index < ? AND level = ? ORDER BY node_index";
    @Nullable Object[] parameters =
        level == 0
            ? new @Nullable Object[] {log.value(), first, first + count}
            : new @Nullable Object[] {log.value(), first, first + count, level};
    List<byte[]> rows = sql.query(query, row -> row.getBytes(1), parameters);
    if (rows.size() != count) {
      throw new IllegalArgumentException(
          "of level " + level + " from " + first + " only " + rows.size() + " of " + count);
    }
    byte[] hashes = new byte[count * Sha256.LENGTH];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows.get(i), 0, hashes, i * Sha256.LENGTH, Sha256.LENGTH);
    }
    return hashes;
  }

  @Override
  public List<Octets> entries(LogId log, long from, long to, int maxOctets) {
    List<Octets> entries = new ArrayList<>();
    long octets = 0;
    long next = from;
    while (next < to) {
      List<Octets> page =
          sql.query(
              "SELECT entry FROM credential WHERE log_id = ?"
                  + " AND log_index >= ? AND log_index < ? ORDER BY log_index",
              row -> new Octets(row.getBytes(1)),
              log.value(),
              next,
              Math.min(to, next + PAGE));
      for (Octets entry : page) {
        octets += entry.length() + FRAMING;
        if (octets > maxOctets && !entries.isEmpty()) {
          return entries;
        }
        entries.add(entry);
      }
      if (page.size() < PAGE) {
        return entries;
      }
      next += PAGE;
    }
    return entries;
  }

  @Override
  public List<IssuedCredential> forget(LogId log, long from) {
    List<IssuedCredential> forgotten =
        sql.query(
            "DELETE FROM credential WHERE log_id = ? AND log_index >= ? RETURNING log_id,"
                + " log_index, device, key_hash, order_id, leaf_hash, entry",
            SqlLogRecords::credential,
            log.value(),
            from);
    // A node of level n covers 256^n leaves: those that end beyond what is left go with them.
    sql.update(
        "DELETE FROM tree_node WHERE log_id = ? AND (node_index + 1) * (1::bigint << (8 * level)) > ?",
        log.value(),
        from);
    return forgotten.stream().sorted(Comparator.comparing(IssuedCredential::place)).toList();
  }

  private static IssuedCredential credential(ResultSet row) throws SQLException {
    return new IssuedCredential(
        new Place(new LogId(row.getLong("log_id")), row.getLong("log_index")),
        new DeviceId(row.getString("device")),
        new Sha256(row.getBytes("key_hash")),
        row.getString("order_id"),
        new Sha256(row.getBytes("leaf_hash")),
        new Octets(row.getBytes("entry")));
  }
}
