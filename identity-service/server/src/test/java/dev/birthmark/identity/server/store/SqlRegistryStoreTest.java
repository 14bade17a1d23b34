package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.RegistryStoreContract;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of the registry's store, on the embedded PostgreSQL. */
class SqlRegistryStoreTest extends RegistryStoreContract {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
