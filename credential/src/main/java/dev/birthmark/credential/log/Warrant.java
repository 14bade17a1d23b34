package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.encoding.Octets;
import java.util.Optional;

/** What entitles an entry's certificate to exist: an order's quantity, or the one it renews. */
public sealed interface Warrant {

  /**
   * One of an order's quantity.
   *
   * @param id the order's id, 1..255 octets of UTF-8
   * @param quantity how many identities the order allows, 1..2^32
   * @param openedBy the party that opened it
   * @param authorization the tenant's own authorisation, octets that are not read yet
   */
  record Order(String id, long quantity, String openedBy, Optional<Octets> authorization)
      implements Warrant {
    /** Octets of the longest authorisation. */
    public static final int MAX_AUTHORIZATION = 16_384;

    /** Refuses an order without id or quantity. */
    public Order {
      BoundedText.check("order.id", id, 1, Entry.MAX_TEXT);
      BoundedText.check("order.openedBy", openedBy, 0, Entry.MAX_TEXT);
      authorization.ifPresent(octets -> {
        if (octets.length() == 0 || octets.length() > MAX_AUTHORIZATION) {
          throw new IllegalArgumentException(
              "order.authorization of " + octets.length() + " octets");
        }
      });
      if (quantity < 1 || quantity > MerkleTree.MAX_SIZE) {
        throw new IllegalArgumentException("order.quantity lies in 1..2^32: " + quantity);
      }
    }
  }

  /**
   * A renewal of an earlier credential.
   *
   * @param place of the credential that is renewed
   */
  record Renewal(Place place) implements Warrant {}

  /** Neither: such an entry is mirrored, and held as over-production. */
  record None() implements Warrant {}
}
