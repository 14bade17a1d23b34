package dev.birthmark.enrollment.server.store;

import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same contract on PostgreSQL in a container, where a container engine runs. */
@EnabledIf(value = "containersRun", disabledReason = "no container engine runs here")
class SqlSiteStoreInContainerTest extends SqlSiteStoreTest {

  static boolean containersRun() {
    return Engine.available().contains(Engine.CONTAINER);
  }

  @Override
  Engine engine() {
    return Engine.CONTAINER;
  }
}
