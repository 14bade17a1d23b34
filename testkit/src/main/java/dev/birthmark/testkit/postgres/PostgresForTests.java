package dev.birthmark.testkit.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PostgreSQL server for tests. {@link #on} gives the one that all tests of this JVM share; it
 * trades durability for speed and stops with the JVM. {@link #durable} starts one that keeps what
 * it acknowledged, for tests that kill.
 *
 * <pre>{@code
 * TestDatabase database = PostgresForTests.on(Engine.EMBEDDED).database("identity", db -> migrate(db.url(), …));
 * }</pre>
 */
public final class PostgresForTests implements AutoCloseable {

  /**
   * Brings an empty database to the schema under test; must close every connection that it opens.
   */
  @FunctionalInterface
  public interface Migration {
    void migrate(TestDatabase empty) throws Exception;
  }

  private static final Map<Engine, Optional<PostgresForTests>> SHARED = new EnumMap<>(Engine.class);

  private final Server server;
  private final Set<String> templates = new HashSet<>();
  private int made;

  private PostgresForTests(Server server) {
    this.server = server;
  }

  /** The server that this JVM shares on the given engine, started by the first call. */
  public static PostgresForTests on(Engine engine) {
    return find(engine)
        .orElseThrow(() -> new IllegalStateException("no engine " + engine + " here"));
  }

  /**
   * A server of its own with fsync, synchronous_commit and full_page_writes on; the caller closes
   * it.
   */
  public static PostgresForTests durable() {
    return new PostgresForTests(EmbeddedServer.start(true));
  }

  static synchronized Optional<PostgresForTests> find(Engine engine) {
    return SHARED.computeIfAbsent(engine, PostgresForTests::start);
  }

  private static Optional<PostgresForTests> start(Engine engine) {
    Optional<Server> server =
        switch (engine) {
          case EMBEDDED -> Optional.of(EmbeddedServer.start(false));
          case CONTAINER -> ContainerServer.tryStart();
        };
    server.ifPresent(running -> Runtime.getRuntime().addShutdownHook(new Thread(running::close)));
    return server.map(PostgresForTests::new);
  }

  /**
   * A fresh database with the schema that {@code migration} makes. The migration runs once per
   * server and template name; later calls copy its result, which takes some 50 ms.
   *
   * @param template name of the schema: lower-case letters, digits and underscores
   */
  public synchronized TestDatabase database(String template, Migration migration) {
    if (!template.matches("[a-z0-9_]{1,40}")) {
      throw new IllegalArgumentException("not a template name: " + template);
    }
    var source = "template_" + template;
    if (!templates.contains(source)) {
      sql("DROP DATABASE IF EXISTS " + source); // left by a migration that failed
      sql("CREATE DATABASE " + source);
      try {
        migration.migrate(named(source));
      } catch (Exception e) {
        throw new IllegalStateException("migrating " + source, e);
      }
      templates.add(source);
    }
    var name = template + "_" + ++made;
    sql("CREATE DATABASE " + name + " TEMPLATE " + source);
    return named(name);
  }

  /** A fresh database without any table. */
  public TestDatabase empty() {
    return database("empty", database -> {});
  }

  private TestDatabase named(String database) {
    return new TestDatabase(server.url(database), server.username(), server.password());
  }

  private void sql(String statement) {
    try (var connection =
            DriverManager.getConnection(
                server.url("postgres"), server.username(), server.password());
        var sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
