package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.enrollment.registration.OrderId;

/**
 * A request that may be put into a group: its proof of possession holds, and the key passed the key
 * gate.
 *
 * @param device that is to be enrolled
 * @param order that it is enrolled for, by what may be an order's id
 * @param key whose possession was proven
 * @param party the authenticated caller, 1..255 octets of UTF-8
 * @param station the caller's own label, at most 128; empty is none
 */
public record GatedRequest(
    DeviceId device, String order, SubjectPublicKey key, String party, String station) {
  /** The longest label of a station, in octets of UTF-8. */
  public static final int MAX_STATION = 128;

  /** Refuses what no entry, and no query of a whole group, could hold, naming the member. */
  public GatedRequest {
    String fault = OrderId.fault(order);
    if (fault != null) {
      throw new IllegalArgumentException("order " + fault);
    }
    BoundedText.check("party", party, 1, 255);
    BoundedText.check("station", station, 0, MAX_STATION);
  }
}
