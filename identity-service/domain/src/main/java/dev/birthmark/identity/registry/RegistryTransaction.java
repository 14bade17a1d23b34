package dev.birthmark.identity.registry;

import dev.birthmark.identity.revocation.RevocationTransaction;

/** What the registry needs of a transaction, by feature. Valid inside its script only. */
public interface RegistryTransaction extends RevocationTransaction {

  /** The registered sites. */
  SiteRecords sites();

  /** The mirrored logs. */
  LogRecords logs();

  /** Claims on facts, orders, ids and keys, and the credentials themselves. */
  CredentialRecords credentials();

  /** Devices, as people look for them. */
  DeviceRecords devices();

  /** What somebody must look at. */
  AlarmRecords alarms();
}
