package dev.birthmark.enrollment.registration;

import dev.birthmark.enrollment.site.Standing;

/** What became of the wish to open an order. */
public sealed interface OrderOpening {

  /** It is open now, and durable. */
  record Opened(OrderAccount account) implements OrderOpening {}

  /** It was open already, with the same content. */
  record AlreadyOpen(OrderAccount account) implements OrderOpening {}

  /** There is an order with this id and another content ({@code order-exists}); nothing changed. */
  record OtherContent(OrderAccount account) implements OrderOpening {}

  /**
   * It is no order.
   *
   * @param detail names the member and what is wrong with it, without repeating its value
   */
  record Invalid(String detail) implements OrderOpening {}

  /** The site has no such profile. */
  record UnknownProfile() implements OrderOpening {}

  /** The site opens no orders now: it is recovering its records, or halted. */
  record SiteNotOpen(Standing standing) implements OrderOpening {}
}
