package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.MalformedException;

/** Why a change was made: the reasons of RFC 5280 §5.3.1 by their numbers, and from 64 on ours. */
public enum Reason {
  UNSPECIFIED(0, "unspecified"),
  KEY_COMPROMISE(1, "key-compromise"),
  CA_COMPROMISE(2, "ca-compromise"),
  AFFILIATION_CHANGED(3, "affiliation-changed"),
  SUPERSEDED(4, "superseded"),
  CESSATION_OF_OPERATION(5, "cessation-of-operation"),
  CERTIFICATE_HOLD(6, "certificate-hold"),
  REMOVE_FROM_CRL(8, "remove-from-crl"),
  PRIVILEGE_WITHDRAWN(9, "privilege-withdrawn"),
  AA_COMPROMISE(10, "aa-compromise"),
  /** Its key is known from another site, or belongs to another device. */
  DUPLICATE_KEY(64, "duplicate-key"),
  /** Its device id is known from another site. */
  DUPLICATE_ID(65, "duplicate-id"),
  /** Beyond its order's quantity, or without an order. */
  OVER_PRODUCTION(66, "over-production"),
  /** The second renewal of one credential. */
  FORKED_RENEWAL(67, "forked-renewal"),
  /** Its log entry failed its own check. */
  BAD_ENTRY(68, "bad-entry"),
  /** A product or a lot is called back. */
  RECALL(69, "recall"),
  /** The device is lost or stolen. */
  LOST(70, "lost");

  private final int number;
  private final String text;

  Reason(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** Its number in the DER. */
  public int number() {
    return number;
  }

  /** Its word in the API. */
  public String text() {
    return text;
  }

  /** The reason with this number; one that a later version knows reads as unspecified. */
  public static Reason fromNumber(int number) {
    for (Reason reason : values()) {
      if (reason.number == number) {
        return reason;
      }
    }
    return UNSPECIFIED;
  }

  /** Reads what {@link #text()} writes. */
  public static Reason fromText(String text) throws MalformedException {
    for (Reason reason : values()) {
      if (reason.text.equals(text)) {
        return reason;
      }
    }
    throw new MalformedException("reason", "unknown word");
  }
}
