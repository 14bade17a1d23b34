package dev.birthmark.enrollment.registration;

import dev.birthmark.credential.encoding.BoundedText;
import java.time.Instant;

/**
 * A production order: how many devices of what may be given an identity. It never changes; more is
 * a new order.
 *
 * @param id the caller's own, unique in the site, see {@link OrderId}
 * @param tenant whose devices
 * @param model of the devices, 1..128 octets of UTF-8
 * @param hardwareRevision of the devices, at most 128; empty is none, as for the lot
 * @param lot of the devices
 * @param profile that decides what their certificates say
 * @param quantity how many, 1..100,000,000
 * @param openedBy the party that opened it
 * @param openedAt when, whole seconds
 */
public record Order(
    String id,
    String tenant,
    String model,
    String hardwareRevision,
    String lot,
    String profile,
    int quantity,
    String openedBy,
    Instant openedAt) {
  /** The longest label, in octets of UTF-8. */
  public static final int MAX_LABEL = 128;

  /** The longest name of a tenant or party, in octets of UTF-8. */
  public static final int MAX_NAME = 255;

  /** The largest order. */
  public static final int MAX_QUANTITY = 100_000_000;

  /** Refuses what is not an order, naming the member. */
  public Order {
    String fault = OrderId.fault(id);
    if (fault != null) {
      throw new IllegalArgumentException("id " + fault);
    }
    BoundedText.check("tenant", tenant, 1, MAX_NAME);
    BoundedText.check("model", model, 1, MAX_LABEL);
    BoundedText.check("hardwareRevision", hardwareRevision, 0, MAX_LABEL);
    BoundedText.check("lot", lot, 0, MAX_LABEL);
    BoundedText.check("profile", profile, 1, MAX_LABEL);
    BoundedText.check("openedBy", openedBy, 1, MAX_NAME);
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("quantity is not 1 to " + MAX_QUANTITY);
    }
    if (openedAt.getNano() != 0) {
      throw new IllegalArgumentException("openedAt is in whole seconds");
    }
  }

  /** Whether both say the same, whoever opened them and when. */
  public boolean sameContent(Order other) {
    return id.equals(other.id)
        && tenant.equals(other.tenant)
        && model.equals(other.model)
        && hardwareRevision.equals(other.hardwareRevision)
        && lot.equals(other.lot)
        && profile.equals(other.profile)
        && quantity == other.quantity;
  }
}
