package dev.birthmark.edge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.PostgresForTests;
import dev.birthmark.testkit.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

@ParameterizedClass
@MethodSource("engines")
class TransactionsTest {

  @Parameter Engine engine;

  private TestDatabase database;
  private Transactions transactions;

  static List<Engine> engines() {
    return Engine.available();
  }

  @BeforeEach
  void freshDatabase() {
    database =
        PostgresForTests.on(engine)
            .database(
                "outcomes",
                empty -> {
                  empty.execute(
                      "CREATE TABLE thing (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
                  empty.execute(
                      """
                      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
                      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$\
                      """);
                });
    var source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.username());
    source.setPassword(database.password());
    transactions = new Transactions(source);
  }

  @Test
  void commitsWhatTheScriptDidAndGivesItsResult() throws Exception {
    int inserted = transactions.write(connection -> insert(connection, 1));
    assertThat(inserted).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void rollsBackWhatAScriptGaveUp() throws Exception {
    var givenUp = new IllegalArgumentException("given up");
    assertThatThrownBy(() ->
            transactions.write(connection -> {
              insert(connection, 1);
              throw givenUp;
            }))
        .isSameAs(givenUp);
    assertThat(count()).isZero();
  }

  @Test
  void saysNotAppliedWhenTheConnectionIsLostBeforeTheCommit() throws Exception {
    assertThatThrownBy(() ->
            transactions.write(connection -> {
              insert(connection, 1);
              return execute(connection, "SELECT pg_terminate_backend(pg_backend_pid())");
            }))
        .isInstanceOf(NotAppliedException.class);
    assertThat(count()).isZero();
  }

  @Test
  void saysOutcomeUnknownWhenTheConnectionIsLostDuringTheCommit() throws Exception {
    database.execute(
        "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON thing"
            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()");
    assertThatThrownBy(() -> transactions.write(connection -> insert(connection, 1)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(count()).isZero(); // this time; the caller cannot know
  }

  @Test
  void saysOutcomeUnknownWhenTheBackendWasGoneBeforeTheCommitWasSent() {
    assertThatThrownBy(() ->
            transactions.write(connection -> {
              insert(connection, 1);
              try (var other = database.connect()) {
                execute(
                    other,
                    "SELECT pg_terminate_backend("
                        + connection.unwrap(org.postgresql.PGConnection.class).getBackendPID()
                        + ", 5000)");
              }
              return null;
            }))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void saysRefusedWhenTheServerRefusesAStatementAndWhenItRefusesTheCommit() throws Exception {
    assertThatThrownBy(
            () -> transactions.write(connection -> execute(connection, "SELECT nonsense")))
        .isInstanceOf(StatementRefusedException.class);
    transactions.write(connection -> insert(connection, 1));
    assertThatThrownBy(() -> transactions.write(connection -> insert(connection, 1)))
        .isInstanceOfSatisfying(
            StatementRefusedException.class,
            refused -> assertThat(refused.sqlState()).isEqualTo(SqlFailure.UNIQUE_VIOLATION));
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void saysNotAppliedWhenTheServerGivesTheTransactionNoMoreTime() throws Exception {
    assertThatThrownBy(() ->
            transactions.write(connection -> {
              execute(connection, "SET LOCAL statement_timeout = '20ms'");
              return execute(connection, "SELECT pg_sleep(10)");
            }))
        .isInstanceOf(NotAppliedException.class);
    assertThat(count()).isZero();
  }

  @Test
  void saysNotAppliedWhenNoServerAnswers() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nothing");
    assertThatThrownBy(() -> new Transactions(nowhere).write(connection -> null))
        .isInstanceOf(NotAppliedException.class);
  }

  @Test
  void readsWithoutWriting() {
    assertThatThrownBy(() -> transactions.read(connection -> insert(connection, 1)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void wakesOnConnectionOnEveryNotificationAndAfterTheConnectionWasLost() throws Exception {
    var connected = new CountDownLatch(1);
    var notified = new CountDownLatch(2);
    var again = new CountDownLatch(3);
    Runnable wake =
        () -> {
          connected.countDown();
          notified.countDown();
          again.countDown();
        };
    try (var listen = new Listen(database::connect, "changes", wake).start()) {
      connected.await();
      database.execute("NOTIFY changes");
      notified.await();
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE query = 'LISTEN changes' AND datname = current_database()");
      again.await();
    }
  }

  @Test
  void tellsOneClusterAndItsHistoryFromOthers() throws Exception {
    try (var connection = database.connect()) {
      var identity = DatabaseIdentity.read(connection);
      assertThat(identity.systemIdentifier()).isNotZero();
      assertThat(identity.timeline()).isEqualTo(1);
    }
  }

  private static int insert(Connection connection, int id) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("INSERT INTO thing VALUES (" + id + ")");
    }
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  private int count() throws SQLException {
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM thing")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
