package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.issuance.LogRecords;
import dev.birthmark.enrollment.issuance.RecallRecords;
import dev.birthmark.enrollment.registration.OrderRecords;
import dev.birthmark.enrollment.site.DatabaseMark;
import dev.birthmark.enrollment.site.SiteRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of an {@link InMemorySiteStore}: reads what is committed until it writes, then
 * its own copy; what it wrote is repeated on the committed rows when it commits.
 */
final class InMemoryTransaction implements SiteTransaction {
  final DatabaseMark mark;
  private final InMemorySiteStore store;
  private final Tables committed;
  private final boolean readOnly;
  private final List<Consumer<Tables>> written = new ArrayList<>();
  private @Nullable Tables own;
  private boolean ended;

  InMemoryTransaction(
      InMemorySiteStore store, Tables committed, DatabaseMark mark, boolean readOnly) {
    this.store = store;
    this.committed = committed;
    this.mark = mark;
    this.readOnly = readOnly;
  }

  <T> T read(Function<Tables, T> question) {
    checkOpen();
    if (own != null) {
      return question.apply(own);
    }
    synchronized (committed) {
      return question.apply(committed);
    }
  }

  void write(Consumer<Tables> change) {
    checkOpen();
    if (readOnly) {
      throw new IllegalStateException("a reading transaction writes");
    }
    if (own == null) {
      synchronized (committed) {
        own = committed.copy();
      }
    }
    change.accept(own);
    written.add(change);
  }

  /** For what the contract allows only under the lock of the site's row. */
  void writeLocked(Consumer<Tables> change) {
    if (!store.siteRow.isHeldByCurrentThread()) {
      throw new IllegalStateException("the site's row is not locked");
    }
    write(change);
  }

  void lockSite() {
    lock(store.siteRow);
  }

  void lockNewOrders() {
    lock(store.newOrders);
  }

  private void lock(ReentrantLock lock) {
    checkOpen();
    if (!lock.isHeldByCurrentThread()) {
      if (own != null) {
        throw new IllegalStateException("locks come before writes");
      }
      lock.lock();
    }
  }

  void applyTo(Tables tables) {
    written.forEach(change -> change.accept(tables));
  }

  void end() {
    ended = true;
    if (store.siteRow.isHeldByCurrentThread()) {
      store.siteRow.unlock();
    }
    if (store.newOrders.isHeldByCurrentThread()) {
      store.newOrders.unlock();
    }
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
  }

  @Override
  public SiteRecords site() {
    return new InMemorySite(this);
  }

  @Override
  public OrderRecords orders() {
    return new InMemoryOrders(this);
  }

  @Override
  public LogRecords log() {
    return new InMemoryLog(this);
  }

  @Override
  public RecallRecords recalls() {
    return new InMemoryRecalls(this);
  }

  @Override
  public UplinkRecords uplink() {
    return new InMemoryUplink(this);
  }
}
