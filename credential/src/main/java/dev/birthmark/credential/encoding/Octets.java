package dev.birthmark.credential.encoding;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of octets that compares by content, for use inside records. */
public record Octets(byte[] bytes) {
  /** Takes a copy. */
  public Octets {
    bytes = bytes.clone();
  }

  /** A copy. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many octets. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
