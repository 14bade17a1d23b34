package dev.birthmark.enrollment.registration;

import dev.birthmark.enrollment.site.CommitOutcomeUnknownException;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Opens and shows production orders. Safe for use by several threads. */
public final class Registration {
  private static final int ATTEMPTS = 3;

  private final SiteStore<? extends OrderTransaction> store;
  private final InstantSource clock;
  private final String tenant;
  private final String defaultProfile;
  private final SortedSet<String> profiles;

  /**
   * The books of one site.
   *
   * @param tenant whose site it is
   * @param defaultProfile the profile of an order that names none
   * @param profiles the names of all profiles, the default's among them
   */
  public Registration(
      SiteStore<? extends OrderTransaction> store,
      InstantSource clock,
      String tenant,
      String defaultProfile,
      SortedSet<String> profiles) {
    if (!profiles.contains(defaultProfile)) {
      throw new IllegalArgumentException("the default profile is none of the site's");
    }
    this.store = store;
    this.clock = clock;
    this.tenant = tenant;
    this.defaultProfile = defaultProfile;
    this.profiles = Collections.unmodifiableSortedSet(new TreeSet<>(profiles));
  }

  /**
   * Opens an order, or finds it open: asking again with the same content changes nothing, whoever
   * asks.
   *
   * @param party the authenticated caller
   * @throws StoreUnavailableException if nothing is known to have changed; asking again is safe
   */
  public OrderOpening open(OrderRequest request, String party) {
    Order order;
    try {
      order = order(request, party);
    } catch (IllegalArgumentException e) {
      return new OrderOpening.Invalid(String.valueOf(e.getMessage()));
    }
    if (!profiles.contains(order.profile())) {
      return new OrderOpening.UnknownProfile();
    }
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      boolean inDoubt = attempt > 1;
      try {
        return store.write(transaction -> open(transaction, order, inDoubt));
      } catch (CommitOutcomeUnknownException e) {
        // The order is there or not; the next attempt sees it.
        if (attempt == ATTEMPTS) {
          throw new StoreUnavailableException("the order's commit stayed in doubt", e);
        }
      }
    }
    throw new AssertionError("unreachable");
  }

  private OrderOpening open(OrderTransaction transaction, Order order, boolean inDoubt) {
    Optional<SiteHead> site = transaction.site().head();
    if (site.isPresent() && !opensOrders(site.get())) {
      return new OrderOpening.SiteNotOpen(site.get().standing());
    }
    if (transaction.orders().add(order)) {
      return new OrderOpening.Opened(new OrderAccount(order, 0, new TreeMap<>()));
    }
    OrderAccount there = transaction.orders().find(order.id()).orElseThrow();
    if (!there.order().sameContent(order)) {
      return new OrderOpening.OtherContent(there);
    }
    return inDoubt && there.order().equals(order)
        ? new OrderOpening.Opened(there)
        : new OrderOpening.AlreadyOpen(there);
  }

  /** An order that was lost with a backup must not be opened anew with another content. */
  private static boolean opensOrders(SiteHead site) {
    SiteState state = site.standing().state();
    return site.inItsDatabase() && (state == SiteState.OPEN || state == SiteState.UNREGISTERED);
  }

  private Order order(OrderRequest request, String party) {
    if (request.quantity() < 1 || request.quantity() > Order.MAX_QUANTITY) {
      throw new IllegalArgumentException("quantity is not 1 to " + Order.MAX_QUANTITY);
    }
    return new Order(
        request.id(),
        tenant,
        request.model(),
        request.hardwareRevision(),
        request.lot(),
        request.profile().isEmpty() ? defaultProfile : request.profile(),
        (int) request.quantity(),
        party,
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The order with this id and what became of it; empty also for what is no id of an order. */
  public Optional<OrderAccount> find(String id) {
    return OrderId.fault(id) == null
        ? store.read(transaction -> transaction.orders().find(id))
        : Optional.empty();
  }

  /**
   * Counts enrollments that were refused before they came to a group: a malformed request, a weak
   * key. An order that does not exist is passed over. If the store fails, they stay uncounted: the
   * refusal itself needs no record.
   *
   * @return whether they were counted
   */
  public boolean countRefused(List<Refusals> refusals) {
    List<Refusals> known = refusals.stream().filter(r -> OrderId.fault(r.order()) == null).toList();
    try {
      store.write(transaction -> {
        transaction.orders().addRefused(known);
        return Boolean.TRUE;
      });
      return true;
    } catch (CommitOutcomeUnknownException | StoreUnavailableException e) {
      return false;
    }
  }
}
