package dev.birthmark.credential.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names an issuance log: the first 8 octets of SHA-256 of its origin, most significant first.
 * Ordered as unsigned numbers.
 */
public record LogId(long value) implements Comparable<LogId> {

  /** The log with this origin (the first line of its checkpoints, 1 to 255 octets of UTF-8). */
  public static LogId of(String origin) {
    byte[] name = origin.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > 255) {
      throw new IllegalArgumentException("log origin of " + name.length + " octets");
    }
    try {
      return new LogId(
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name)).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads what {@link #hex()} writes: exactly 16 hexadecimal digits. */
  public static LogId fromHex(String hex) {
    if (hex.length() != 16) {
      throw new IllegalArgumentException("log id of " + hex.length() + " characters, not 16");
    }
    return new LogId(HexFormat.fromHexDigitsToLong(hex));
  }

  /** Reads what {@link #bytes()} writes: exactly 8 octets. */
  public static LogId fromBytes(byte[] bytes) {
    if (bytes.length != 8) {
      throw new IllegalArgumentException("log id of " + bytes.length + " octets, not 8");
    }
    return new LogId(ByteBuffer.wrap(bytes).getLong());
  }

  /** 16 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(value);
  }

  /** 8 octets, most significant first. */
  public byte[] bytes() {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  /** The first 30 bits, which stand in the serial of each certificate of this log. */
  public int serialBits() {
    return (int) (value >>> 34);
  }

  @Override
  public int compareTo(LogId other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return hex();
  }
}
