package dev.birthmark.credential.pkix;

import java.math.BigInteger;

/** The numbers of an RSA public key (RFC 8017 appendix A.1.1) within the bounds that hold here. */
record RsaKey(BigInteger modulus, BigInteger exponent) {
  static final int MIN_BITS = 2048;
  static final int MAX_BITS = 8192;

  /** Upper bound of the public exponent in bits (FIPS 186-5 appendix A.1.1). */
  private static final int MAX_EXPONENT_BITS = 256;

  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);

  /** Reads from where the algorithm's identifier ended and from the key's octets. */
  static RsaKey read(DerInput parameters, DerInput key) throws DerException, KeyRefusedException {
    if (!parameters.next(DerInput.NULL) || !parameters.enter(DerInput.NULL).atEnd()) {
      throw refuse(KeyRefusal.ENCODING, "an RSA key has NULL as algorithm parameters");
    }
    parameters.end();
    DerInput numbers = key.enter(DerInput.SEQUENCE);
    key.end();
    byte[] modulus = numbers.integer();
    byte[] exponent = numbers.integer();
    numbers.end();
    if (modulus[0] < 0) {
      throw refuse(KeyRefusal.ENCODING, "the RSA modulus is negative");
    }
    if (exponent[0] < 0) {
      throw refuse(KeyRefusal.ENCODING, "the RSA public exponent is negative");
    }
    int bits = bits(modulus);
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw refuse(
          KeyRefusal.SIZE,
          "the RSA modulus has " + bits + " bits; " + MIN_BITS + " to " + MAX_BITS + " are taken");
    }
    int exponentBits = bits(exponent);
    if (exponentBits > MAX_EXPONENT_BITS) {
      throw refuse(
          KeyRefusal.INVALID,
          "the RSA public exponent has " + exponentBits + " bits, more than " + MAX_EXPONENT_BITS);
    }
    if ((modulus[modulus.length - 1] & 1) == 0) {
      throw refuse(KeyRefusal.INVALID, "the RSA modulus is even");
    }
    BigInteger e = new BigInteger(exponent);
    if (e.compareTo(MIN_EXPONENT) < 0 || !e.testBit(0)) {
      throw refuse(KeyRefusal.INVALID, "the RSA public exponent is even or below 65537");
    }
    return new RsaKey(new BigInteger(modulus), e);
  }

  /** The numbers of a key that was read before. */
  static RsaKey of(SubjectPublicKey key) {
    try {
      DerInput info = new DerInput(key.encoded()).enter(DerInput.SEQUENCE);
      DerInput identifier = info.enter(DerInput.SEQUENCE);
      identifier.oid();
      return read(identifier, info.bitOctets());
    } catch (DerException | KeyRefusedException e) {
      throw new IllegalStateException("a checked key became unreadable", e);
    }
  }

  private static int bits(byte[] number) {
    int skip = number[0] == 0 && number.length > 1 ? 1 : 0;
    return 8 * (number.length - skip) - (Integer.numberOfLeadingZeros(number[skip] & 0xff) - 24);
  }

  private static KeyRefusedException refuse(KeyRefusal reason, String detail) {
    return new KeyRefusedException(reason, detail);
  }
}
