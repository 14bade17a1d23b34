package dev.birthmark.identity.revocation;

import java.time.Instant;
import java.util.Optional;

/** The database itself. */
public interface InstallationRecords {

  /** The database's time now (not the transaction's), to the microsecond. */
  Instant now();

  /** Which database this is. */
  DatabaseIdentity identity();

  /** Which database it was when it was last accepted; empty on the first start. */
  Optional<DatabaseIdentity> accepted();

  /** Accepts a database as the one that is to be served from. */
  void accept(DatabaseIdentity identity);
}
