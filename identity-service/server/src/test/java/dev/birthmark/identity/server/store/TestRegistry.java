package dev.birthmark.identity.server.store;

import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.PostgresForTests;
import dev.birthmark.testkit.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fresh registries in PostgreSQL, closed after each test. */
final class TestRegistry implements AfterEachCallback {
  private final Engine engine;
  private final List<SessionFactory> opened = new ArrayList<>();

  TestRegistry(Engine engine) {
    this.engine = engine;
  }

  SqlRegistryStore open() {
    TestDatabase database = PostgresForTests.on(engine).database("identity", TestRegistry::migrate);
    SessionFactory sessions =
        new Configuration()
            .addAnnotatedClass(CredentialRow.class)
            .addAnnotatedClass(MirroredEntryRow.class)
            .setProperty("hibernate.connection.url", database.url() + "?reWriteBatchedInserts=true")
            .setProperty("hibernate.connection.username", database.username())
            .setProperty("hibernate.connection.password", database.password())
            .setProperty("hibernate.connection.pool_size", "20")
            .buildSessionFactory();
    opened.add(sessions);
    return new SqlRegistryStore(sessions);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    opened.forEach(SessionFactory::close);
    opened.clear();
  }

  static void migrate(TestDatabase empty) {
    Flyway.configure().dataSource(empty.url(), empty.username(), empty.password()).load().migrate();
  }
}
