package dev.birthmark.identity.server.store;

import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.SitesTest;
import dev.birthmark.testkit.postgres.Engine;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules of registering sites, on the embedded PostgreSQL. */
class SqlSitesTest extends SitesTest {
  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Override
  protected RegistryStore newStore() {
    return registry.open();
  }
}
