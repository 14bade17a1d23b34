package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.site.CommitOutcomeUnknownException;
import dev.birthmark.enrollment.site.DatabaseMark;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A site's store in memory, with the transactions of a real one: writers see what is committed and
 * what they wrote themselves, the site's row is locked to the end of the transaction, a script that
 * throws leaves nothing behind. Commits can be made to fail as a database's do.
 */
public final class InMemorySiteStore implements SiteStore<SiteTransaction> {

  /** How a commit fails. */
  public enum CommitFault {
    /** The connection is lost after the commit took effect. */
    UNKNOWN_BUT_APPLIED,
    /** The connection is lost and the transaction with it. */
    UNKNOWN_AND_NOT_APPLIED,
    /** The store refuses, and says so. */
    UNAVAILABLE
  }

  final ReentrantLock siteRow = new ReentrantLock(true);
  final ReentrantLock newOrders = new ReentrantLock(true);
  private final Deque<CommitFault> faults = new ArrayDeque<>();
  private final Tables committed;
  private DatabaseMark mark;
  private long commits;

  /** An empty store. */
  public InMemorySiteStore() {
    this(new Tables(), new DatabaseMark(1, 1));
  }

  private InMemorySiteStore(Tables tables, DatabaseMark mark) {
    this.committed = tables;
    this.mark = mark;
  }

  /** What this store is after a backup of the present moment was put back into another database. */
  public InMemorySiteStore restoredBackup() {
    synchronized (committed) {
      return new InMemorySiteStore(committed.copy(), new DatabaseMark(mark.system() + 1, 1));
    }
  }

  /** A copy that nobody can tell from this one: a snapshot of the file system put back. */
  public InMemorySiteStore unnoticedBackup() {
    synchronized (committed) {
      return new InMemorySiteStore(committed.copy(), mark);
    }
  }

  /** The database goes on under another mark, as after a promotion. */
  public void moveDatabase() {
    synchronized (committed) {
      mark = new DatabaseMark(mark.system(), mark.timeline() + 1);
    }
  }

  /** The next commit that is not yet spoken for fails so. */
  public void failCommit(CommitFault fault) {
    synchronized (committed) {
      faults.add(fault);
    }
  }

  /** How many writing transactions took effect. */
  public long commits() {
    synchronized (committed) {
      return commits;
    }
  }

  @Override
  public <T> T write(Script<? super SiteTransaction, T> script) {
    InMemoryTransaction transaction = new InMemoryTransaction(this, committed, mark(), false);
    try {
      T answer = script.run(transaction);
      commit(transaction);
      return answer;
    } finally {
      transaction.end();
    }
  }

  private void commit(InMemoryTransaction transaction) {
    synchronized (committed) {
      CommitFault fault = faults.poll();
      if (fault == CommitFault.UNAVAILABLE) {
        throw new StoreUnavailableException("the commit was refused");
      }
      if (fault == CommitFault.UNKNOWN_AND_NOT_APPLIED) {
        throw new CommitOutcomeUnknownException("connection lost");
      }
      transaction.applyTo(committed);
      commits++;
      if (fault == CommitFault.UNKNOWN_BUT_APPLIED) {
        throw new CommitOutcomeUnknownException("connection lost");
      }
    }
  }

  @Override
  public <T> T read(Script<? super SiteTransaction, T> script) {
    synchronized (committed) {
      return script.run(new InMemoryTransaction(this, committed, mark, true));
    }
  }

  private DatabaseMark mark() {
    synchronized (committed) {
      return mark;
    }
  }
}
