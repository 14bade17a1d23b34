package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.HaltContract;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.FragileConnections;
import dev.birthmark.testkit.postgres.PostgresForTests;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Halts over PostgreSQL: what the process had not committed, the server rolls back. */
class SqlHaltTest extends HaltContract {

  private FragileConnections connections;
  private SessionFactory sessions;

  @BeforeEach
  void openTheDatabase() {
    connections =
        new FragileConnections(
            PostgresForTests.on(Engine.EMBEDDED).database("identity", TestRegistry::migrate));
    Configuration configuration =
        new Configuration()
            .addAnnotatedClass(CredentialRow.class)
            .addAnnotatedClass(MirroredEntryRow.class);
    configuration.getProperties().put("hibernate.connection.datasource", connections.source());
    sessions = configuration.buildSessionFactory();
  }

  @AfterEach
  void closeTheDatabase() {
    sessions.close();
    connections.close();
  }

  @Override
  protected RegistryStore emptyStore() {
    connections.empty();
    return new SqlRegistryStore(sessions);
  }

  @Override
  protected void processEnds() {
    connections.cut();
  }
}
