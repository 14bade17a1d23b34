package dev.birthmark.identity.registry;

import dev.birthmark.testkit.pki.TestPki;

class InMemoryRegistryStoreTest extends RegistryStoreContract {
  @Override
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }
}
