package dev.birthmark.credential.pkix;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

/** Whether octets are a point that can be a public key (SP 800-186 §3.2.1, RFC 8032 §5.1.3). */
enum CurvePoints {
  P256(
      32,
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
  P384(
      48,
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000"
          + "ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8ed"
          + "d3ec2aef");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private static final BigInteger ED25519_PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /**
   * The y of the points of order 1, 2, 4 and 8: whoever has such a key, everyone can sign for it.
   */
  private static final Set<BigInteger> ED25519_SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          ED25519_PRIME.subtract(BigInteger.ONE),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7", 16),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  private final int length;
  private final BigInteger prime;
  private final BigInteger b;

  CurvePoints(int length, String prime, String b) {
    this.length = length;
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
  }

  /** Refuses the point whose coordinates begin at an offset, unless it lies on the curve. */
  void check(byte[] der, int offset) throws KeyRefusedException {
    BigInteger x = new BigInteger(1, der, offset, length);
    BigInteger y = new BigInteger(1, der, offset + length, length);
    if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
      throw invalid("a coordinate of the point is not below the field's prime");
    }
    // y² = x³ − 3x + b; the cofactor is 1, so every point but infinity is a key.
    BigInteger right = x.multiply(x).subtract(THREE).mod(prime).multiply(x).add(b).mod(prime);
    if (!y.multiply(y).mod(prime).equals(right)) {
      throw invalid("the point is not on the curve");
    }
  }

  /** Refuses an Ed25519 key that is written with y not below the prime, or of small order. */
  static void checkEd25519(byte[] der, int offset) throws KeyRefusedException {
    byte[] bigEndian = Arrays.copyOfRange(der, offset, offset + 32);
    for (int i = 0; i < 16; i++) {
      byte swap = bigEndian[i];
      bigEndian[i] = bigEndian[31 - i];
      bigEndian[31 - i] = swap;
    }
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(ED25519_PRIME) >= 0) {
      throw invalid("the point's coordinate is not below the field's prime");
    }
    if (ED25519_SMALL_ORDER.contains(y)) {
      throw invalid("the point is of small order");
    }
  }

  private static KeyRefusedException invalid(String detail) {
    return new KeyRefusedException(KeyRefusal.INVALID, detail);
  }
}
