package dev.birthmark.enrollment.server.store;

import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.uplink.SiteStoreContract;
import dev.birthmark.enrollment.uplink.SiteTransaction;
import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.PostgresForTests;
import dev.birthmark.testkit.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;

/** The contract of a site's store, on the embedded PostgreSQL. */
class SqlSiteStoreTest extends SiteStoreContract {

  private final List<SessionFactory> opened = new ArrayList<>();

  /** Where the database runs. */
  Engine engine() {
    return Engine.EMBEDDED;
  }

  @Override
  protected SiteStore<SiteTransaction> emptyStore() {
    TestDatabase database =
        PostgresForTests.on(engine()).database("enrollment", SqlSiteStoreTest::migrate);
    SessionFactory sessions =
        new Configuration()
            .addAnnotatedClass(CredentialRow.class)
            .setProperty("hibernate.connection.url", database.url() + "?reWriteBatchedInserts=true")
            .setProperty("hibernate.connection.username", database.username())
            .setProperty("hibernate.connection.password", database.password())
            .setProperty("hibernate.connection.pool_size", "20")
            .buildSessionFactory();
    opened.add(sessions);
    return new SqlSiteStore(sessions);
  }

  static void migrate(TestDatabase empty) {
    Flyway.configure().dataSource(empty.url(), empty.username(), empty.password()).load().migrate();
  }

  @AfterEach
  void closeSessions() {
    opened.forEach(SessionFactory::close);
  }
}
