package dev.birthmark.enrollment.server.store;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.postgres.NotAppliedException;
import dev.birthmark.edge.postgres.OutcomeUnknownException;
import dev.birthmark.edge.postgres.SessionTransactions;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.request.BlockedKeys;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;

/**
 * Table {@code blocked_key}, read once and kept in memory. A key that another process of the site
 * blocks is known here after the next start.
 */
public final class SqlBlockedKeys implements BlockedKeys {

  private final SessionTransactions transactions;
  private final Set<Sha256> blocked = ConcurrentHashMap.newKeySet();

  public SqlBlockedKeys(SessionFactory sessions) {
    this.transactions = new SessionTransactions(sessions);
    blocked.addAll(
        transactions.read(session ->
            new Statements(session)
                .query("SELECT key_hash FROM blocked_key", row -> new Sha256(row.getBytes(1)))));
  }

  @Override
  public boolean contains(Sha256 key) {
    return blocked.contains(key);
  }

  @Override
  public void block(Sha256 key) {
    try {
      transactions.write(session ->
          new Statements(session)
              .update(
                  "INSERT INTO blocked_key (key_hash) VALUES (?) ON CONFLICT DO NOTHING",
                  key.bytes()));
    } catch (NotAppliedException | OutcomeUnknownException e) {
      throw new StoreUnavailableException("a key that was given away could not be blocked", e);
    }
    blocked.add(key);
  }
}
