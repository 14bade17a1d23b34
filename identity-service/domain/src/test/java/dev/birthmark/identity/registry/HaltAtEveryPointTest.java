package dev.birthmark.identity.registry;

import dev.birthmark.testkit.pki.TestPki;

/** Halts over a store in memory. */
final class HaltAtEveryPointTest extends HaltContract {

  @Override
  protected RegistryStore emptyStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }
}
