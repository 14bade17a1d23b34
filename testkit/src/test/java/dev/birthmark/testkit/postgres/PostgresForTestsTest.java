package dev.birthmark.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresForTestsTest {

  static java.util.List<Engine> engines() {
    return Engine.available();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void migratesATemplateOnceAndGivesEveryCallerADatabaseOfItsOwn(Engine engine) throws Exception {
    var migrations = new AtomicInteger();
    PostgresForTests.Migration migration =
        db -> {
          migrations.incrementAndGet();
          db.execute("CREATE TABLE thing (id int PRIMARY KEY)");
        };
    var first = PostgresForTests.on(engine).database("things", migration);
    var second = PostgresForTests.on(engine).database("things", migration);

    first.execute("INSERT INTO thing VALUES (1)");

    assertThat(migrations).hasValue(1);
    assertThat(count(first)).isEqualTo(1);
    assertThat(count(second)).isZero();
  }

  @Test
  void keepsWhatItAcknowledgedWhereDurabilityIsAskedFor() throws Exception {
    try (var server = PostgresForTests.durable();
        var connection = server.empty().connect();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).isEqualTo("on");
      }
    }
  }

  private static int count(TestDatabase database) throws Exception {
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM thing")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
