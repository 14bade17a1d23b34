package dev.birthmark.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One database on a {@link PostgresForTests} server, to be used by one test class.
 *
 * @param url JDBC URL without credentials
 * @param username a role that owns the database
 * @param password its password
 */
public record TestDatabase(String url, String username, String password) {

  /** Opens a connection of its own, in auto-commit mode; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, username, password);
  }

  /** Runs one statement that returns nothing, on a connection of its own. */
  public void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
