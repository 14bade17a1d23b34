package dev.birthmark.identity.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.RecordedChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables {@code feed_head}, {@code change}, {@code change_member} and {@code answered_request}. */
final class SqlFeedRecords implements FeedRecords {

  private static final String SELECT_CHANGE = "SELECT der, head FROM change ";

  private final Statements sql;

  SqlFeedRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public void lockExclusively(String tenant) {
    sql.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))", tenant);
  }

  @Override
  public void lockShared(String tenant) {
    sql.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 1))", tenant);
  }

  @Override
  public FeedRow lockHead(String tenant) {
    Optional<FeedRow> there = lockedHead(tenant);
    if (there.isEmpty()) {
      open(tenant);
      there = lockedHead(tenant);
    }
    return there.orElseThrow();
  }

  private Optional<FeedRow> lockedHead(String tenant) {
    return sql.first(
        "SELECT * FROM feed_head WHERE tenant = ? FOR UPDATE", SqlFeedRecords::head, tenant);
  }

  @Override
  public Optional<FeedRow> head(String tenant) {
    return sql.first("SELECT * FROM feed_head WHERE tenant = ?", SqlFeedRecords::head, tenant);
  }

  @Override
  public List<FeedRow> heads() {
    return sql.query("SELECT * FROM feed_head ORDER BY tenant", SqlFeedRecords::head);
  }

  @Override
  public void open(String tenant) {
    FeedRow empty = FeedRow.empty(tenant);
    sql.update(
        "INSERT INTO feed_head (tenant, incarnation, number, hash, note) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        tenant,
        empty.position().incarnation(),
        empty.position().number(),
        empty.hash().bytes(),
        empty.note());
  }

  @Override
  public void append(RecordedChange recorded) {
    Change change = recorded.encoded().change();
    Position position = change.position();
    sql.update(
        "INSERT INTO change (tenant, incarnation, number, der, head) VALUES (?, ?, ?, ?, ?)",
        change.tenant(),
        position.incarnation(),
        position.number(),
        recorded.encoded().der(),
        recorded.head());
    Members members = change.members();
    sql.batch(
        "INSERT INTO change_member (tenant, log_id, incarnation, number, first_index, last_index,"
            + " bitmap) VALUES (?, ?, ?, ?, ?, ?, ?)",
        members.logs().stream()
            .map(log -> memberRow(change.tenant(), position, members, log))
            .toList());
    sql.update(
        "UPDATE feed_head SET incarnation = ?, number = ?, hash = ?, note = ? WHERE tenant = ?",
        position.incarnation(),
        position.number(),
        recorded.encoded().hash().bytes(),
        recorded.head(),
        change.tenant());
    sql.execute("SELECT pg_notify(?, '')", SqlRegistryStore.CHANNEL);
  }

  private static @Nullable Object[] memberRow(
      String tenant, Position position, Members members, LogId log) {
    var indexes = members.indexes(log);
    return new @Nullable Object[] {
      tenant,
      log.value(),
      position.incarnation(),
      position.number(),
      Integer.toUnsignedLong(indexes.first()),
      Integer.toUnsignedLong(indexes.last()),
      members.encode(log)
    };
  }

  @Override
  public void renote(String tenant, String note) {
    sql.update("UPDATE feed_head SET note = ? WHERE tenant = ?", note, tenant);
  }

  @Override
  public Optional<RecordedChange> change(String tenant, Position position) {
    return sql.first(
        SELECT_CHANGE + "WHERE tenant = ? AND incarnation = ? AND number = ?",
        SqlFeedRecords::change,
        tenant,
        position.incarnation(),
        position.number());
  }

  @Override
  public List<RecordedChange> after(String tenant, Position after, int limit) {
    return sql.query(
        SELECT_CHANGE
            + "WHERE tenant = ? AND (incarnation, number) > (?, ?)"
            + " ORDER BY incarnation, number LIMIT ?",
        SqlFeedRecords::change,
        tenant,
        after.incarnation(),
        after.number(),
        limit);
  }

  @Override
  public Optional<AnsweredRequest> answered(String tenant, String idempotencyKey) {
    return sql.first(
        "SELECT * FROM answered_request WHERE tenant = ? AND idempotency_key = ?",
        row -> new AnsweredRequest(Columns.hash(row, "request"), Columns.position(row)),
        tenant,
        idempotencyKey);
  }

  @Override
  public void answer(String tenant, String idempotencyKey, AnsweredRequest request) {
    sql.update(
        "INSERT INTO answered_request (tenant, idempotency_key, request, incarnation, number)"
            + " VALUES (?, ?, ?, ?, ?)",
        tenant,
        idempotencyKey,
        request.request().bytes(),
        request.change().incarnation(),
        request.change().number());
  }

  private static FeedRow head(ResultSet row) throws SQLException {
    return new FeedRow(
        row.getString("tenant"),
        Columns.position(row),
        new Sha256(row.getBytes("hash")),
        row.getString("note"));
  }

  private static RecordedChange change(ResultSet row) throws SQLException {
    try {
      return new RecordedChange(EncodedChange.parse(row.getBytes("der")), row.getString("head"));
    } catch (MalformedException | UnknownVersionException e) {
      throw Columns.damaged("change", e);
    }
  }
}
