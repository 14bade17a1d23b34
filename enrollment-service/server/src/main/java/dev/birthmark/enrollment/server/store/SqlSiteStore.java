package dev.birthmark.enrollment.server.store;

import dev.birthmark.edge.postgres.NotAppliedException;
import dev.birthmark.edge.postgres.OutcomeUnknownException;
import dev.birthmark.edge.postgres.SessionTransactions;
import dev.birthmark.enrollment.site.CommitOutcomeUnknownException;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import dev.birthmark.enrollment.uplink.SiteTransaction;
import org.hibernate.SessionFactory;

/** The store of a site in its PostgreSQL. Any number of processes may use one database. */
public final class SqlSiteStore implements SiteStore<SiteTransaction> {

  private final SessionTransactions transactions;

  public SqlSiteStore(SessionFactory sessions) {
    this.transactions = new SessionTransactions(sessions);
  }

  @Override
  public <T> T write(Script<? super SiteTransaction, T> script) {
    try {
      return transactions.write(session -> script.run(new SqlSiteTransaction(session)));
    } catch (NotAppliedException e) {
      throw unavailable(e);
    } catch (OutcomeUnknownException e) {
      throw new CommitOutcomeUnknownException("the database was lost while committing", e);
    }
  }

  @Override
  public <T> T read(Script<? super SiteTransaction, T> script) {
    try {
      return transactions.snapshot(session -> script.run(new SqlSiteTransaction(session)));
    } catch (NotAppliedException e) {
      throw unavailable(e);
    }
  }

  private static StoreUnavailableException unavailable(NotAppliedException e) {
    return new StoreUnavailableException("the database cannot be used now", e);
  }
}
