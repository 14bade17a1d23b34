package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.registration.OrderRecords;
import dev.birthmark.enrollment.registration.Refusals;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The orders of an {@link InMemorySiteStore}. */
record InMemoryOrders(InMemoryTransaction transaction) implements OrderRecords {

  @Override
  public boolean add(Order order) {
    transaction.lockNewOrders();
    if (transaction.read(tables -> tables.orders.containsKey(order.id()))) {
      return false;
    }
    transaction.write(tables -> {
      tables.orders.put(order.id(), order);
      tables.issued.put(order.id(), 0);
    });
    return true;
  }

  @Override
  public void correct(Order order) {
    transaction.write(tables -> tables.orders.replace(order.id(), order));
  }

  @Override
  public Optional<OrderAccount> find(String id) {
    return transaction.read(tables ->
        Optional.ofNullable(tables.orders.get(id))
            .map(order ->
                new OrderAccount(
                    order,
                    tables.issued.getOrDefault(id, 0),
                    tables.refused.getOrDefault(id, new TreeMap<>()))));
  }

  @Override
  public SortedMap<String, OrderAccount> findAll(Collection<String> ids) {
    return transaction.read(tables -> {
      SortedMap<String, OrderAccount> found = new TreeMap<>();
      for (String id : ids) {
        Order order = tables.orders.get(id);
        if (order != null) {
          int issued = tables.issued.getOrDefault(id, 0);
          found.put(id, new OrderAccount(order, issued, new TreeMap<>()));
        }
      }
      return found;
    });
  }

  @Override
  public void addIssued(SortedMap<String, Integer> byOrder) {
    transaction.writeLocked(
        tables -> byOrder.forEach((id, count) -> tables.issued.merge(id, count, Integer::sum)));
  }

  @Override
  public void addRefused(List<Refusals> refusals) {
    transaction.write(tables -> {
      for (Refusals refusal : refusals) {
        if (tables.orders.containsKey(refusal.order())) {
          tables
              .refused
              .computeIfAbsent(refusal.order(), id -> new TreeMap<>())
              .merge(refusal.reason(), (long) refusal.count(), Long::sum);
        }
      }
    });
  }
}
