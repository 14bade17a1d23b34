package dev.birthmark.edge.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.SharedSessionContract;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL inside a session's transaction, for locks, set queries and arithmetic in the database:
 * what rows as objects say badly. Parameters are strings, numbers, booleans, octets, {@link
 * Instant}s, and arrays of strings ({@code text[]}), longs ({@code bigint[]}) or octets ({@code
 * bytea[]}); null is NULL.
 */
public final class Statements {

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<R> {
    R read(ResultSet row) throws SQLException;
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }

  /** Rows that one round trip of {@link #each} brings. */
  private static final int FETCH = 8192;

  private final SharedSessionContract session;

  public Statements(SharedSessionContract session) {
    this.session = session;
  }

  /** All rows, in the order in which they come. */
  public <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
    return session.doReturningWork(connection -> {
      try (var statement = prepare(connection, sql, parameters);
          var rows = statement.executeQuery()) {
        var result = new ArrayList<R>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return result;
      }
    });
  }

  /** The first row, if there is one. */
  public <R> Optional<R> first(String sql, Row<R> row, @Nullable Object... parameters) {
    return session.doReturningWork(connection -> {
      try (var statement = prepare(connection, sql, parameters);
          var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
      }
    });
  }

  /** Hands over row after row without keeping them: for more rows than memory should hold. */
  public void each(String sql, RowVisitor visitor, @Nullable Object... parameters) {
    session.doWork(connection -> {
      try (var statement = prepare(connection, sql, parameters)) {
        statement.setFetchSize(FETCH);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            visitor.visit(rows);
          }
        }
      }
    });
  }

  /** Runs a statement that changes rows; answers how many. */
  public int update(String sql, @Nullable Object... parameters) {
    return session.doReturningWork(connection -> {
      try (var statement = prepare(connection, sql, parameters)) {
        return statement.executeUpdate();
      }
    });
  }

  /** Runs one statement for each list of parameters, as one batch. */
  public void batch(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    session.doWork(connection -> {
      try (var statement = connection.prepareStatement(sql)) {
        for (var row : rows) {
          bind(connection, statement, row);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    });
  }

  /** Runs a statement of any kind and passes over what it answers. */
  public void execute(String sql, @Nullable Object... parameters) {
    session.doWork(connection -> {
      try (var statement = prepare(connection, sql, parameters)) {
        statement.execute();
      }
    });
  }

  /** A timestamp of a row. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /** A timestamp of a row that may be NULL. */
  public static Optional<Instant> optionalInstant(ResultSet row, String column)
      throws SQLException {
    var time = row.getTimestamp(column);
    return time == null ? Optional.empty() : Optional.of(time.toInstant());
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object[] parameters) throws SQLException {
    var statement = connection.prepareStatement(sql);
    try {
      bind(connection, statement, parameters);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      var value = parameters[i];
      switch (value) {
        case byte[] octets -> statement.setBytes(i + 1, octets);
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
        case Long[] numbers ->
            statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
        case byte[][] list -> statement.setArray(i + 1, connection.createArrayOf("bytea", list));
        case null, default -> statement.setObject(i + 1, value);
      }
    }
  }
}
