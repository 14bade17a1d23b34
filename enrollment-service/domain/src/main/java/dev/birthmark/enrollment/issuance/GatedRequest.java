package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.SubjectPublicKey;

/**
 * A request that may be put into a group: its proof of possession holds, and the key passed the key
 * gate.
 *
 * @param device that is to be enrolled
 * @param order that it is enrolled for, by id
 * @param key whose possession was proven
 * @param party the authenticated caller, 1..255 octets of UTF-8
 * @param station the caller's own label, at most 128; empty is none
 */
public record GatedRequest(
    DeviceId device, String order, SubjectPublicKey key, String party, String station) {
  /** The longest label of a station, in octets of UTF-8. */
  public static final int MAX_STATION = 128;

  /** Refuses labels that no entry could hold, naming the member. */
  public GatedRequest {
    BoundedText.check("party", party, 1, 255);
    BoundedText.check("station", station, 0, MAX_STATION);
  }
}
