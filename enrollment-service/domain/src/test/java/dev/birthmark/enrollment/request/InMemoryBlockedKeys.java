package dev.birthmark.enrollment.request;

import dev.birthmark.credential.pkix.Sha256;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blocked keys that are forgotten with the process. */
public final class InMemoryBlockedKeys implements BlockedKeys {
  private final Set<Sha256> keys = ConcurrentHashMap.newKeySet();

  @Override
  public boolean contains(Sha256 key) {
    return keys.contains(key);
  }

  @Override
  public void block(Sha256 key) {
    keys.add(key);
  }
}
