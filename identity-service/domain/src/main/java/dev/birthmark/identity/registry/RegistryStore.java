package dev.birthmark.identity.registry;

import dev.birthmark.identity.revocation.Store;

/** The identity service's database with everything in it. */
public interface RegistryStore extends Store<RegistryTransaction> {}
