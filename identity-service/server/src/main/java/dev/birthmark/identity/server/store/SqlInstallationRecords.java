package dev.birthmark.identity.server.store;

import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.revocation.DatabaseIdentity;
import dev.birthmark.identity.revocation.InstallationRecords;
import java.time.Instant;
import java.util.Optional;

/** Table {@code installation}, and what the server says of itself. */
final class SqlInstallationRecords implements InstallationRecords {

  private final Statements sql;

  SqlInstallationRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public Instant now() {
    return sql.first("SELECT clock_timestamp() AS at", row -> Statements.instant(row, "at"))
        .orElseThrow();
  }

  @Override
  public DatabaseIdentity identity() {
    return sql.first(
            dev.birthmark.edge.postgres.DatabaseIdentity.QUERY,
            row ->
                new DatabaseIdentity(
                    Long.toUnsignedString(row.getLong("system_identifier")),
                    row.getLong("timeline")))
        .orElseThrow();
  }

  @Override
  public Optional<DatabaseIdentity> accepted() {
    return sql.first(
        "SELECT system, timeline FROM installation",
        row -> new DatabaseIdentity(row.getString("system"), row.getLong("timeline")));
  }

  @Override
  public void accept(DatabaseIdentity identity) {
    sql.update(
        "INSERT INTO installation (id, system, timeline) VALUES (1, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET system = excluded.system, timeline ="
            + " excluded.timeline",
        identity.system(),
        identity.timeline());
  }
}
