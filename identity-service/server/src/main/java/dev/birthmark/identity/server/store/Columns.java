package dev.birthmark.identity.server.store;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads the values that more than one table holds. What cannot be read was damaged. */
final class Columns {

  private Columns() {}

  static Sha256 hash(ResultSet row, String column) throws SQLException {
    return new Sha256(row.getBytes(column));
  }

  static Position position(ResultSet row) throws SQLException {
    return new Position(row.getLong("incarnation"), row.getLong("number"));
  }

  static Optional<Position> optionalPosition(ResultSet row, String incarnation, String number)
      throws SQLException {
    long value = row.getLong(number);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new Position(row.getLong(incarnation), value));
  }

  static Place place(ResultSet row) throws SQLException {
    return new Place(new LogId(row.getLong("log_id")), row.getLong("log_index"));
  }

  static Members members(ResultSet row, String column) throws SQLException {
    try {
      return Members.decode(new LogId(row.getLong("log_id")), row.getBytes(column));
    } catch (MalformedException e) {
      throw damaged(column, e);
    }
  }

  static ChangeKind kind(ResultSet row) throws SQLException {
    try {
      return ChangeKind.fromNumber(row.getInt("kind"));
    } catch (MalformedException e) {
      throw damaged("kind", e);
    }
  }

  static IllegalStateException damaged(String what, Exception cause) {
    return new IllegalStateException("a stored " + what + " is damaged", cause);
  }
}
