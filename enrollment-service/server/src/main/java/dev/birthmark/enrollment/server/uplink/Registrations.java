package dev.birthmark.enrollment.server.uplink;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.enrollment.uplink.Registered;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far each log is registered, for whoever waits for an entry; and that there is more to push.
 */
final class Registrations {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Condition issued = lock.newCondition();
  private final SortedMap<LogId, Long> sizes = new TreeMap<>();
  private boolean more;

  /** Something was issued. */
  void issued() {
    lock.lock();
    try {
      more = true;
      issued.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is issued, at most so long. */
  void awaitIssued(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!more && left > 0) {
        left = issued.awaitNanos(left);
      }
      more = false;
    } finally {
      lock.unlock();
    }
  }

  /** The identity service has taken over so much. */
  void registered(Registered registered) {
    lock.lock();
    try {
      sizes.put(registered.log(), registered.size());
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean has(Place place) {
    lock.lock();
    try {
      return sizes.getOrDefault(place.log(), 0L) > place.index();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an entry is registered, at most so long; answers whether it is. */
  boolean await(Place place, Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!has(place) && left > 0) {
        left = grown.awaitNanos(left);
      }
      return has(place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
