package dev.birthmark.testkit.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Connections to one database that can all be cut at any moment, as when the process that holds
 * them is killed: the server ends their backends and rolls back what they had not committed.
 */
public final class FragileConnections implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Connection> all = new ArrayList<>();

  /** Connections to that database. */
  public FragileConnections(TestDatabase database) {
    this.database = database;
  }

  /** What a store gets its connections from; a closed one is used again. */
  public DataSource source() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> open();
                  case "toString" -> database.url();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Ends the backends of all connections, and returns when they have ended. */
  public synchronized void cut() {
    try (Connection admin = database.connect();
        var end = admin.prepareStatement("SELECT pg_terminate_backend(?)");
        var alive = admin.prepareStatement("SELECT 1 FROM pg_stat_activity WHERE pid = ?")) {
      for (Connection connection : all) {
        int backend = connection.unwrap(PGConnection.class).getBackendPID();
        end.setInt(1, backend);
        end.execute();
        alive.setInt(1, backend);
        awaitEnd(alive);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot end the backends", e);
    }
    all.clear();
    idle.clear();
  }

  /**
   * Empties every table but those of the migrations, for the next run. Sequences go on. Deletes,
   * because truncating takes a file per table and index.
   */
  public void empty() {
    database.execute(
        """
        DO $$ DECLARE one text; BEGIN
          SET LOCAL session_replication_role = replica;  -- no foreign keys meanwhile
          FOR one IN SELECT quote_ident(tablename) FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT LIKE 'flyway%' LOOP
            EXECUTE 'DELETE FROM ' || one;
          END LOOP;
        END $$\
        """);
  }

  @Override
  public void close() {
    cut();
  }

  /** Asks again and again: the server's own waiting looks ten times a second only. */
  private static void awaitEnd(PreparedStatement alive) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean ended = false;
    while (!ended) {
      try (ResultSet found = alive.executeQuery()) {
        ended = !found.next();
      }
      if (!ended && System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("a backend does not end");
      }
    }
  }

  private synchronized Connection open() throws SQLException {
    Connection real = idle.poll();
    if (real == null) {
      real = database.connect();
      all.add(real);
    }
    real.setAutoCommit(true);
    return returning(real);
  }

  private synchronized void giveBack(Connection real) throws SQLException {
    if (!all.contains(real)) {
      real.close(); // it was cut
    } else {
      if (!real.getAutoCommit()) {
        real.rollback();
      }
      idle.add(real);
    }
  }

  private Connection returning(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                giveBack(real);
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
