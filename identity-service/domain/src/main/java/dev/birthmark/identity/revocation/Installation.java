package dev.birthmark.identity.revocation;

import java.util.Optional;

/**
 * Whether the database is the one that was served from before. One that was put back or promoted
 * shows another system identifier or timeline, and then nothing is allowed, numbered or taken in
 * until an administrator has accepted it.
 */
public final class Installation {

  private Installation() {}

  /** Whether changes and pushes may go on and decisions may allow. */
  public static boolean isSteady(InstallationRecords records) {
    Optional<DatabaseIdentity> accepted = records.accepted();
    return accepted.isPresent() && accepted.get().equals(records.identity());
  }

  /** On start: accepts the database if none was ever accepted. Says whether it is steady. */
  public static boolean begin(Store<? extends RevocationTransaction> store) {
    return store.write(transaction -> {
      InstallationRecords records = transaction.installation();
      if (records.accepted().isEmpty()) {
        records.accept(records.identity());
      }
      return isSteady(records);
    });
  }

  /** An administrator says that a standby was promoted on purpose and nothing is lost. */
  public static void promoted(Store<? extends RevocationTransaction> store) {
    store.write(transaction -> {
      InstallationRecords records = transaction.installation();
      DatabaseIdentity identity = records.identity();
      records.accept(identity);
      return identity;
    });
  }
}
