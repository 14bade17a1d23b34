package dev.birthmark.enrollment.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.edge.postgres.NotAppliedException;
import dev.birthmark.edge.postgres.OutcomeUnknownException;
import dev.birthmark.edge.postgres.SessionTransactions;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.testkit.pki.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database goes away and comes back, while the service runs on. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@Timeout(60) // for what is asked for until it has happened
class DatabaseLostTest {

  @Inject HttpServer server;
  @Inject Site site;
  @Inject SessionFactory sessions;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String username;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @Test
  void withoutItsDatabaseTheServiceSaysSoAndGoesOnWhenItIsBack() throws Exception {
    site.stands(SiteState.OPEN);
    Api factory = Api.of(server.getSecurePort(), "factory");
    assertThat(factory.order("outage", 10).status()).isEqualTo(201);
    assertThat(factory.enroll("outage-1", "outage", TestKey.p256(1100)).status()).isEqualTo(201);

    String database = url.substring(url.lastIndexOf('/') + 1);
    try (Connection admin =
        DriverManager.getConnection(url.replace("/" + database, "/postgres"), username, password)) {
      execute(admin, "ALTER DATABASE \"%s\" ALLOW_CONNECTIONS false".formatted(database));
      try {
        execute(
            admin,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                .formatted(database));
        for (Api.Answer answer :
            new Api.Answer[] {
              factory.enroll("outage-2", "outage", TestKey.p256(1101)),
              factory.order("outage-2", 1),
              factory.get("/v1/orders/outage"),
              factory.get("/v1/enrollments/outage-1"),
              factory.get("/v1/site")
            }) {
          assertThat(answer.status()).as(answer.text()).isEqualTo(503);
          assertThat(answer.reason()).isEqualTo("unavailable");
          assertThat(answer.retryAfter()).isNotEmpty();
        }
        assertThat(Management.get(server, "/q/health/ready")).contains("\"status\": \"DOWN\"");
        assertThat(Management.get(server, "/q/health/live")).contains("\"status\": \"UP\"");
      } finally {
        execute(admin, "ALTER DATABASE \"%s\" ALLOW_CONNECTIONS true".formatted(database));
      }
    }
    Api.Answer answer = factory.enroll("outage-2", "outage", TestKey.p256(1101));
    while (answer.status() == 503) {
      answer = factory.enroll("outage-2", "outage", TestKey.p256(1101));
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(factory.get("/v1/orders/outage").json().path("issued").asInt()).isEqualTo(2);
  }

  /**
   * The transaction manager reports a failed commit as a rollback: nothing may be built on that.
   */
  @Test
  void aConnectionThatIsLostWhileCommittingLeavesTheOutcomeOpen() {
    SessionTransactions transactions = new SessionTransactions(sessions);
    atCommit(transactions, "lost", "PERFORM pg_terminate_backend(pg_backend_pid())");
    assertThatThrownBy(() -> transactions.write(session -> insert(session, "lost")))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void aCommitThatTheServerRefusesIsNeverTakenAsDone() {
    SessionTransactions transactions = new SessionTransactions(sessions);
    atCommit(transactions, "refused", "RAISE EXCEPTION 'refused'");
    assertThatThrownBy(() -> transactions.write(session -> insert(session, "refused")))
        .isInstanceOf(RuntimeException.class);
    assertThat(
            transactions.<Integer>read(session ->
                new Statements(session)
                    .first("SELECT count(*) FROM refused", row -> row.getInt(1))
                    .orElseThrow()))
        .isZero();
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitHasAppliedNothing() {
    SessionTransactions transactions = new SessionTransactions(sessions);
    assertThatThrownBy(() ->
            transactions.write(session -> {
              new Statements(session).execute("SELECT pg_terminate_backend(pg_backend_pid())");
              return 0;
            }))
        .isInstanceOf(NotAppliedException.class);
  }

  /** A table whose rows make the server do this at the commit. */
  private static void atCommit(SessionTransactions transactions, String table, String statement) {
    transactions.write(session -> {
      new Statements(session)
          .execute(
              """
              CREATE TABLE %1$s (id integer);
              CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN %2$s; RETURN NULL; END $$;
              CREATE CONSTRAINT TRIGGER %1$s AFTER INSERT ON %1$s
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %1$s();
              """
                  .formatted(table, statement));
      return 0;
    });
  }

  private static int insert(org.hibernate.StatelessSession session, String table) {
    return new Statements(session).update("INSERT INTO " + table + " VALUES (1)");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
