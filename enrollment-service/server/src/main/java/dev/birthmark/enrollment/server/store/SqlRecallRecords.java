package dev.birthmark.enrollment.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.issuance.Recall;
import dev.birthmark.enrollment.issuance.RecallRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Table {@code recall}. */
final class SqlRecallRecords implements RecallRecords {

  private final Statements sql;

  SqlRecallRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public List<Recall> inForce() {
    return sql.query("SELECT * FROM recall ORDER BY incarnation, number", SqlRecallRecords::recall);
  }

  @Override
  public void add(Recall recall) {
    sql.update(
        "INSERT INTO recall (incarnation, number, revokes, reason, selector) VALUES (?, ?, ?, ?, ?)",
        recall.position().incarnation(),
        recall.position().number(),
        recall.revokes(),
        recall.reason(),
        recall.selector().text());
  }

  @Override
  public void lift(Position position) {
    sql.update(
        "DELETE FROM recall WHERE incarnation = ? AND number = ?",
        position.incarnation(),
        position.number());
  }

  private static Recall recall(ResultSet row) throws SQLException {
    try {
      return new Recall(
          new Position(row.getLong("incarnation"), row.getLong("number")),
          row.getBoolean("revokes"),
          row.getString("reason"),
          Selector.parse(row.getString("selector")));
    } catch (MalformedException e) {
      throw new IllegalStateException("a stored selector is damaged", e);
    }
  }
}
