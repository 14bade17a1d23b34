package dev.birthmark.identity.server.store;

import dev.birthmark.identity.authentication.ReplicaTest;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of replicas, on the embedded PostgreSQL. */
class SqlReplicaTest extends ReplicaTest {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
