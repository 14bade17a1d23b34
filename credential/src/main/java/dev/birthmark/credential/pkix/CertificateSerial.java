package dev.birthmark.credential.pkix;

import java.math.BigInteger;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A certificate serial: a positive integer of at most 20 octets (RFC 5280 §4.1.2.2).
 *
 * <p>Those of device certificates are 16 octets and tell where the credential stands: the bits
 * {@code 01}, 30 bits of the log, 32 bits of index, 64 bits of randomness. A serial <em>finds</em>
 * a credential, it never authenticates one, and it is read as a place only where the issuer is a
 * site's.
 */
public record CertificateSerial(BigInteger value) implements Comparable<CertificateSerial> {

  private static final int MAX_HEX = 40;
  private static final BigInteger PLACE_FROM = BigInteger.ONE.shiftLeft(126);
  private static final BigInteger PLACE_TO = BigInteger.ONE.shiftLeft(127);

  public CertificateSerial {
    if (value.signum() <= 0 || value.bitLength() > 159) {
      throw new IllegalArgumentException("certificate serial is not 1 to 2^159 - 1");
    }
  }

  /**
   * The serial of a device certificate.
   *
   * @param logBits the log's first 30 bits
   * @param index the index in that log, 0 to 2^32 − 1
   * @param random 64 bits from a cryptographically secure generator
   */
  public static CertificateSerial of(int logBits, long index, long random) {
    if (logBits < 0 || logBits >= 1 << 30) {
      throw new IllegalArgumentException("log bits are not 30 bits");
    }
    if (index < 0 || index > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("log index " + index + " is not 0 to 2^32 - 1");
    }
    byte[] octets = new byte[16];
    putLong(octets, 0, 1L << 62 | (long) logBits << 32 | index);
    putLong(octets, 8, random);
    return new CertificateSerial(new BigInteger(1, octets));
  }

  /**
   * The serial of any other certificate of a site (its root, issuers, OCSP signers): 2^120 ≤ s &lt;
   * 2^126, so that it is never read as a place.
   *
   * @param random a cryptographically secure generator, of which 125 bits are used
   */
  public static CertificateSerial notAPlace(RandomGenerator random) {
    byte[] octets = new byte[16];
    random.nextBytes(octets);
    octets[0] = (byte) ((octets[0] & 0x3f) | 0x01);
    return new CertificateSerial(new BigInteger(1, octets));
  }

  /** The same number; throws {@link IllegalArgumentException} if it is no serial. */
  public static CertificateSerial fromBigInteger(BigInteger value) {
    return new CertificateSerial(value);
  }

  /**
   * Reads hexadecimal of either case, with or without {@code 0x}, colons between octets and leading
   * zeros; at most 20 octets.
   */
  public static CertificateSerial parse(String hex) {
    if (hex.length() > 3 * MAX_HEX) {
      throw new IllegalArgumentException("certificate serial of " + hex.length() + " characters");
    }
    String digits = hex.startsWith("0x") || hex.startsWith("0X") ? hex.substring(2) : hex;
    digits = digits.replace(":", "");
    if (digits.isEmpty() || digits.length() > MAX_HEX + 2) {
      throw new IllegalArgumentException("certificate serial of " + digits.length() + " digits");
    }
    for (int i = 0; i < digits.length(); i++) {
      if ("0123456789abcdef".indexOf(digits.toLowerCase(Locale.ROOT).charAt(i)) < 0) {
        throw new IllegalArgumentException("certificate serial is not hexadecimal");
      }
    }
    return new CertificateSerial(new BigInteger(digits, 16));
  }

  /** Lower-case hexadecimal without leading zeros. */
  public String hex() {
    return value.toString(16);
  }

  /** Whether the number lies in the range of places in a log: 2^126 ≤ s &lt; 2^127. */
  public boolean isPlace() {
    return value.compareTo(PLACE_FROM) >= 0 && value.compareTo(PLACE_TO) < 0;
  }

  /** The log's first 30 bits; only if {@link #isPlace()}. */
  public int logBits() {
    return (int) (place() >>> 32) & 0x3FFF_FFFF;
  }

  /** The index in the log, 0 to 2^32 − 1; only if {@link #isPlace()}. */
  public long index() {
    return place() & 0xFFFF_FFFFL;
  }

  private long place() {
    if (!isPlace()) {
      throw new IllegalStateException("certificate serial " + hex() + " is no place in a log");
    }
    return value.shiftRight(64).longValue();
  }

  private static void putLong(byte[] octets, int at, long number) {
    for (int i = 0; i < Long.BYTES; i++) {
      octets[at + i] = (byte) (number >>> (56 - 8 * i));
    }
  }

  @Override
  public int compareTo(CertificateSerial other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return hex();
  }
}
