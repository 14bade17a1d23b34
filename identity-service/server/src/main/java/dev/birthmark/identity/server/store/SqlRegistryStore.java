package dev.birthmark.identity.server.store;

import dev.birthmark.edge.postgres.NotAppliedException;
import dev.birthmark.edge.postgres.OutcomeUnknownException;
import dev.birthmark.edge.postgres.SessionTransactions;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.RegistryTransaction;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.Script;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;

/** The registry in PostgreSQL. Any number of replicas may use one database. */
public final class SqlRegistryStore implements RegistryStore {

  /** The channel on which a commit wakes whoever follows the feed or the logs. */
  public static final String CHANNEL = "birthmark_registry";

  private final SessionTransactions transactions;

  public SqlRegistryStore(SessionFactory sessions) {
    this.transactions = new SessionTransactions(sessions);
  }

  @Override
  public <T> T write(Script<? super RegistryTransaction, T> script) {
    return translated(
        () -> transactions.write(session -> script.run(new SqlRegistryTransaction(session))));
  }

  @Override
  public <T> T read(Script<? super RegistryTransaction, T> script) {
    return translated(
        () -> transactions.read(session -> script.run(new SqlRegistryTransaction(session))));
  }

  @Override
  public <T> T snapshot(Script<? super RegistryTransaction, T> script) {
    return translated(
        () -> transactions.snapshot(session -> script.run(new SqlRegistryTransaction(session))));
  }

  private static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (NotAppliedException e) {
      throw new StoreUnavailableException("the database cannot be used now", e);
    } catch (OutcomeUnknownException e) {
      throw new CommitOutcomeUnknownException(e);
    }
  }
}
