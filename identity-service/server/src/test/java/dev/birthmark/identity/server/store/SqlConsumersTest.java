package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.revocation.ConsumersTest;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of consumers, on the embedded PostgreSQL. */
class SqlConsumersTest extends ConsumersTest {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
