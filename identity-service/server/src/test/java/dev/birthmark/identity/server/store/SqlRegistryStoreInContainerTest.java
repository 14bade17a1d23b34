package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.RegistryStoreContract;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same contract on PostgreSQL in a container, where a container engine runs. */
@EnabledIf(value = "containersRun", disabledReason = "no container engine runs here")
class SqlRegistryStoreInContainerTest extends RegistryStoreContract {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.CONTAINER);

  static boolean containersRun() {
    return Engine.available().contains(Engine.CONTAINER);
  }

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
