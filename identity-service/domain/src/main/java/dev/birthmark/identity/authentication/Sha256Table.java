package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.Sha256;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded memory of values by SHA-256 value: open addressing, a few slots tried, all 256 bits
 * compared, the slot at home overwritten when none is free. Read and written without locks; a value
 * may be forgotten at any time.
 *
 * @param <V> immutable values
 */
final class Sha256Table<V> {
  private static final int PROBES = 8;

  private final AtomicReferenceArray<Slot<V>> slots;
  private final int mask;

  /** With room for {@code capacity} values, 16 to 2^28, rounded up to a power of two. */
  Sha256Table(int capacity) {
    if (capacity < 16 || capacity > 1 << 28) {
      throw new IllegalArgumentException("a capacity of " + capacity);
    }
    int size = Integer.highestOneBit(capacity - 1) << 1;
    this.slots = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  Optional<V> get(Sha256 key) {
    int home = home(key);
    for (int i = 0; i < PROBES; i++) {
      Slot<V> slot = slots.getAcquire((home + i) & mask);
      if (slot != null && slot.key.equals(key)) {
        return slot.value;
      }
    }
    return Optional.empty();
  }

  void put(Sha256 key, V value) {
    Slot<V> slot = new Slot<>(key, Optional.of(value));
    int home = home(key);
    int free = home & mask;
    for (int i = 0; i < PROBES; i++) {
      int at = (home + i) & mask;
      Slot<V> there = slots.getAcquire(at);
      if (there == null || there.key.equals(key)) {
        free = at;
        break;
      }
    }
    slots.setRelease(free, slot);
  }

  /** The value is uniform already; its hash code mixes all of it. */
  private int home(Sha256 key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & mask;
  }

  private record Slot<V>(Sha256 key, Optional<V> value) {}
}
