package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.revocation.ChangesTest;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of changes, on the embedded PostgreSQL. */
class SqlChangesTest extends ChangesTest {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
