package dev.birthmark.credential.encoding;

import java.util.Base64;

/** Base64 of RFC 4648 §4 in its one spelling: padded, no line breaks, no stray bits. */
public final class Base64Text {
  private Base64Text() {}

  /** Writes the octets. */
  public static String encode(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /** Reads what {@link #encode} writes, and nothing else. */
  public static byte[] decode(String part, String text) throws MalformedException {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      // The decoder overlooks missing padding and bits that belong to no octet.
      if (encode(octets).equals(text)) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException(part, "not base64");
    }
    throw new MalformedException(part, "base64 in another spelling");
  }
}
