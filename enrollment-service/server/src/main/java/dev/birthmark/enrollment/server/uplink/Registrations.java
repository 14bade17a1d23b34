package dev.birthmark.enrollment.server.uplink;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.enrollment.uplink.Registered;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far each log has grown and how far it is registered, for whoever waits for an entry and for
 * whoever pushes.
 */
final class Registrations {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Condition issued = lock.newCondition();
  private final SortedMap<LogId, Long> issuedSizes = new TreeMap<>();
  private final SortedMap<LogId, Long> sizes = new TreeMap<>();
  private long behindSince;
  private boolean more;

  /** A log has grown to this size. */
  void issued(LogId log, long size) {
    lock.lock();
    try {
      if (behind() == 0) {
        behindSince = System.nanoTime();
      }
      issuedSizes.merge(log, size, Math::max);
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

  /** Entries that were issued and are not known to be registered. */
  long behind() {
    lock.lock();
    try {
      long behind = 0;
      for (Map.Entry<LogId, Long> issuedSize : issuedSizes.entrySet()) {
        behind += Math.max(0, issuedSize.getValue() - sizes.getOrDefault(issuedSize.getKey(), 0L));
      }
      return behind;
    } finally {
      lock.unlock();
    }
  }

  /** For how long there has always been such an entry; zero if there is none. */
  Duration behindFor() {
    lock.lock();
    try {
      return behind() == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - behindSince);
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
