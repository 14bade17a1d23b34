package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.IngestTest;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of a push, on the embedded PostgreSQL. */
class SqlIngestTest extends IngestTest {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
