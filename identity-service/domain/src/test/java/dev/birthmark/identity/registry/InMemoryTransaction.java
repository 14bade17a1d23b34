package dev.birthmark.identity.registry;

import dev.birthmark.identity.revocation.ConsumerRecords;
import dev.birthmark.identity.revocation.DatabaseIdentity;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.InstallationRecords;
import dev.birthmark.identity.revocation.SelectionRecords;
import dev.birthmark.identity.revocation.StatusRecords;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One transaction over a copy of the tables, or one reading over what is committed. */
final class InMemoryTransaction implements RegistryTransaction {
  private final InMemoryRegistryRecords registry;
  private final InMemoryRevocationRecords revocation;
  private final InstallationRecords installation;

  InMemoryTransaction(
      InMemoryState state, boolean writable, Supplier<Instant> clock, DatabaseIdentity identity) {
    this.registry = new InMemoryRegistryRecords(state, writable);
    this.revocation = new InMemoryRevocationRecords(state, writable);
    this.installation =
        new InstallationRecords() {
          @Override
          public Instant now() {
            return clock.get();
          }

          @Override
          public DatabaseIdentity identity() {
            return identity;
          }

          @Override
          public Optional<DatabaseIdentity> accepted() {
            return state.accepted;
          }

          @Override
          public void accept(DatabaseIdentity accepted) {
            state.accepted = Optional.of(accepted);
          }
        };
  }

  @Override
  public SiteRecords sites() {
    return registry.sites();
  }

  @Override
  public LogRecords logs() {
    return registry.logs();
  }

  @Override
  public CredentialRecords credentials() {
    return registry.credentials();
  }

  @Override
  public DeviceRecords devices() {
    return registry.devices();
  }

  @Override
  public AlarmRecords alarms() {
    return registry.alarms();
  }

  @Override
  public FeedRecords feed() {
    return revocation.feed();
  }

  @Override
  public ForceRecords force() {
    return revocation.force();
  }

  @Override
  public StatusRecords status() {
    return revocation.status();
  }

  @Override
  public SelectionRecords selection() {
    return revocation.selection();
  }

  @Override
  public ConsumerRecords consumers() {
    return revocation.consumers();
  }

  @Override
  public InstallationRecords installation() {
    return installation;
  }
}
