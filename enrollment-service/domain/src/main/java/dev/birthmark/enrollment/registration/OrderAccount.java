package dev.birthmark.enrollment.registration;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order and what became of it.
 *
 * @param order the order
 * @param issued devices that were given an identity, 0..quantity
 * @param refused how often an enrollment was refused, by reason; a repeated attempt counts again
 */
public record OrderAccount(Order order, int issued, SortedMap<String, Long> refused) {
  /** Refuses more devices than were ordered. */
  public OrderAccount {
    if (issued < 0 || issued > order.quantity()) {
      throw new IllegalArgumentException(issued + " issued of " + order.quantity());
    }
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** How many identities the order still allows. */
  public int remaining() {
    return order.quantity() - issued;
  }
}
