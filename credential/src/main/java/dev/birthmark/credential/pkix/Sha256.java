package dev.birthmark.credential.pkix;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 octets, immutable, ordered as unsigned octets. */
public record Sha256(byte[] bytes) implements Comparable<Sha256> {

  /** Length in octets. */
  public static final int LENGTH = 32;

  public Sha256 {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("SHA-256 value of " + bytes.length + " octets, not 32");
    }
    bytes = bytes.clone();
  }

  /** The hash of a message. */
  public static Sha256 of(byte[] message) {
    return new Sha256(digest().digest(message));
  }

  /** Reads 64 hexadecimal digits of either case. */
  public static Sha256 fromHex(String hex) {
    if (hex.length() != 2 * LENGTH) {
      throw new IllegalArgumentException(
          "SHA-256 value of " + hex.length() + " characters, not 64");
    }
    return new Sha256(HexFormat.of().parseHex(hex));
  }

  /** A fresh digest, for callers that hash in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of the 32 octets. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Sha256 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
