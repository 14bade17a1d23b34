package dev.birthmark.enrollment.registration;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The orders of a site. */
public interface OrderRecords {

  /**
   * Adds an order with nothing issued. If another transaction is adding the same id, waits for its
   * end.
   *
   * @return false, and nothing is changed, if there is an order with this id
   */
  boolean add(Order order);

  /** Replaces an order by what the log says of it; keeps what was counted. */
  void correct(Order order);

  /** The order with this id. */
  Optional<OrderAccount> find(String id);

  /**
   * The orders among these ids (at most 10,000), by id, in one query; without the refusals, which
   * are empty.
   */
  SortedMap<String, OrderAccount> findAll(Collection<String> ids);

  /**
   * Adds to the issued devices of orders, or takes off where negative. The site's row must be
   * locked: that makes the quantity exact.
   */
  void addIssued(SortedMap<String, Integer> byOrder);

  /** Adds to the refusals; an id without an order is passed over. */
  void addRefused(List<Refusals> refusals);
}
