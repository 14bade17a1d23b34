package dev.birthmark.identity.registry;

import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.DatabaseIdentity;
import dev.birthmark.identity.revocation.Script;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory with the semantics of the real one: a script that throws leaves nothing, a
 * commit may fail or stay unanswered, whoever reads sees only what was committed. Writers come one
 * after the other, so locks need not wait; their order is checked.
 */
public final class InMemoryRegistryStore implements RegistryStore {

  /** What happens to a commit. */
  public enum Fate {
    /** It is made and answered. */
    COMMITTED,
    /** It is made, and the answer is lost. */
    UNKNOWN_BUT_MADE,
    /** It is lost, and so is the answer. */
    UNKNOWN_AND_LOST,
    /** The database cannot be used. */
    UNAVAILABLE
  }

  private final ReentrantLock writing = new ReentrantLock();
  private final Supplier<Instant> clock;
  private final Deque<Fate> fates = new ArrayDeque<>();
  private volatile InMemoryState committed = new InMemoryState();
  private volatile DatabaseIdentity identity = new DatabaseIdentity("7000000000000000001", 1);

  /** With the database's clock. */
  public InMemoryRegistryStore(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** What happens to the next commits, in order; after them all are made. */
  public void nextCommits(Fate... next) {
    for (Fate fate : next) {
      fates.add(fate);
    }
  }

  /** The database from now on is another one. */
  public void becomes(DatabaseIdentity other) {
    identity = other;
  }

  /** What is committed now. */
  public InMemoryState backup() {
    return committed;
  }

  /** Puts an earlier state back. */
  public void putBack(InMemoryState backup) {
    committed = backup;
  }

  @Override
  public <T> T write(Script<? super RegistryTransaction, T> script) {
    writing.lock();
    try {
      if (writing.getHoldCount() > 1) {
        throw new IllegalStateException("a transaction inside a transaction");
      }
      Fate fate = nextFate();
      if (fate == Fate.UNAVAILABLE) {
        throw new StoreUnavailableException("the store was told to fail");
      }
      InMemoryState mine = committed.copy();
      T result = script.run(new InMemoryTransaction(mine, true, clock, identity));
      if (fate != Fate.UNKNOWN_AND_LOST) {
        committed = mine;
      }
      if (fate != Fate.COMMITTED) {
        throw new CommitOutcomeUnknownException(new IllegalStateException("told to"));
      }
      return result;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public <T> T read(Script<? super RegistryTransaction, T> script) {
    return script.run(new InMemoryTransaction(committed, false, clock, identity));
  }

  @Override
  public <T> T snapshot(Script<? super RegistryTransaction, T> script) {
    return read(script);
  }

  private Fate nextFate() {
    @Nullable Fate fate = fates.poll();
    return fate == null ? Fate.COMMITTED : fate;
  }
}
