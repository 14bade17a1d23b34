package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Position;

/** This node's memory, which decisions are made from. */
@FunctionalInterface
public interface Applied {

  /**
   * Returns once the memory has applied the tenant's feed up to this position, reading what is
   * missing. Whoever answers a change calls this first.
   *
   * @throws StoreUnavailableException if it could not be read; the change stands nevertheless
   */
  void apply(String tenant, Position position);
}
