package dev.birthmark.testkit.pki;

import dev.birthmark.credential.pkix.KeyAlgorithm;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;

/** Public keys that have to be refused, each with the reason. */
public final class TestKeys {
  private static final String EC = "06072a8648ce3d0201";
  private static final String P256 = "06082a8648ce3d030107";
  private static final String RSA = "06092a864886f70d010101";
  private static final BigInteger F4 = BigInteger.valueOf(65_537);

  private TestKeys() {}

  /**
   * A SubjectPublicKeyInfo that must be refused.
   *
   * @param name what is wrong with it
   * @param reason the machine-readable reason
   */
  public record Bad(String name, byte[] der, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every bad key. */
  public static List<Bad> bad() {
    byte[] good = TestKey.p256(1).publicKey().der();
    byte[] point = Arrays.copyOfRange(good, good.length - 65, good.length);
    byte[] x = Arrays.copyOfRange(point, 1, 33);
    byte[] y = Arrays.copyOfRange(point, 33, 65);
    int parity = y[31] & 1;
    byte[] off = point.clone();
    off[64] ^= 1;
    byte[] ed25519 = TestKey.of(KeyAlgorithm.ED25519, 1).publicKey().der();
    byte[] edPoint = Arrays.copyOfRange(ed25519, 12, 44);
    BigInteger n = modulus(TestKey.of(KeyAlgorithm.RSA, 1));
    String encoding = "key-encoding";
    String invalid = "key-invalid";
    String algorithm = "key-algorithm";
    String size = "key-size";
    String weak = "key-weak";
    return List.of(
        new Bad("no DER", new byte[40], encoding),
        new Bad("octets after the key", Tlv.concat(good, new byte[2]), encoding),
        new Bad("P-256 compressed", ec(P256, Tlv.concat(of(2 + parity), x)), encoding),
        new Bad("P-256 hybrid", ec(P256, Tlv.concat(of(6 + parity), x, y)), encoding),
        new Bad("P-256 explicit curve", explicitCurve(point), encoding),
        new Bad("curve absent", ec("", point), encoding),
        new Bad("curve NULL", ec("0500", point), encoding),
        new Bad("off the curve", ec(P256, off), invalid),
        new Bad("at infinity", ec(P256, new byte[1]), invalid),
        new Bad(
            "coordinate not below the prime",
            ec(P256, Tlv.concat(of(4), filled(32, 0xff), y)),
            invalid),
        new Bad("secp256k1", ec("06052b8104000a", point), algorithm),
        new Bad("P-521", ec("06052b81040023", point), algorithm),
        new Bad("RSA without NULL", rsa(RSA, new byte[0], n, F4), encoding),
        new Bad("RSA under the PSS OID", rsa("06092a864886f70d01010a", of(), n, F4), encoding),
        new Bad("RSA negative modulus", rsa(RSA, nul(), n.negate(), F4), encoding),
        new Bad("RSA even modulus", rsa(RSA, nul(), n.subtract(BigInteger.ONE), F4), invalid),
        new Bad("RSA e = 1", rsa(RSA, nul(), n, BigInteger.ONE), invalid),
        new Bad("RSA e = 2", rsa(RSA, nul(), n, BigInteger.TWO), invalid),
        new Bad("RSA e = 3", rsa(RSA, nul(), n, BigInteger.valueOf(3)), invalid),
        new Bad("RSA even e", rsa(RSA, nul(), n, BigInteger.valueOf(65_538)), invalid),
        new Bad(
            "RSA e of 2000 bits",
            rsa(RSA, nul(), n, BigInteger.ONE.shiftLeft(1999).add(BigInteger.ONE)),
            invalid),
        new Bad("RSA 1024 bits", rsa(RSA, nul(), odd(1024), F4), size),
        new Bad("RSA 16384 bits", rsa(RSA, nul(), odd(16_384), F4), size),
        new Bad("RSA with a small factor", rsa(RSA, nul(), smallFactor(), F4), weak),
        new Bad("RSA with close factors", rsa(RSA, nul(), closeFactors(), F4), weak),
        new Bad("RSA of the flawed generator", rsa(RSA, nul(), roca(), F4), weak),
        new Bad("Ed25519 with NULL", bare("06032b6570", nul(), edPoint), encoding),
        new Bad("Ed25519 of 31 octets", bare("06032b6570", of(), new byte[31]), encoding),
        new Bad(
            "Ed25519 y not below the prime",
            bare("06032b6570", of(), Tlv.concat(of(0xee), filled(30, 0xff), of(0x7f))),
            invalid),
        new Bad(
            "Ed25519 of small order",
            bare("06032b6570", of(), Tlv.concat(of(1), new byte[31])),
            invalid),
        new Bad("X25519", bare("06032b656e", of(), edPoint), algorithm),
        new Bad(
            "ML-DSA under the draft's OID",
            bare("060b2b0601040102820b0c0404", of(), new byte[1312]),
            algorithm),
        new Bad(
            "ML-DSA-44 too short", bare("0609608648016503040311", of(), new byte[1311]), encoding));
  }

  /** An RSA key of the form that the flawed generator of CVE-2017-15361 makes, 2,048 bits. */
  public static BigInteger roca() {
    BigInteger m = BigInteger.ONE;
    for (int p = 2; p <= 701; p++) {
      BigInteger prime = BigInteger.valueOf(p);
      if (prime.isProbablePrime(30)) {
        m = m.multiply(prime);
      }
    }
    BigInteger p = rocaPrime(m, 17, 1);
    BigInteger q = rocaPrime(m, 4711, 1000);
    return p.multiply(q);
  }

  private static BigInteger rocaPrime(BigInteger m, int power, long from) {
    BigInteger residue = F4.modPow(BigInteger.valueOf(power), m);
    BigInteger k = BigInteger.valueOf(3).shiftLeft(1022).divide(m).add(BigInteger.valueOf(from));
    BigInteger candidate = k.multiply(m).add(residue);
    while (!candidate.isProbablePrime(30)) {
      candidate = candidate.add(m);
    }
    return candidate;
  }

  private static BigInteger smallFactor() {
    BigInteger p = BigInteger.valueOf(32_749);
    return p.multiply(BigInteger.ONE.shiftLeft(2040).add(BigInteger.ONE));
  }

  private static BigInteger closeFactors() {
    BigInteger p = new BigInteger(1024, TestKey.seeded("close")).setBit(1023).nextProbablePrime();
    return p.multiply(p.nextProbablePrime());
  }

  private static BigInteger odd(int bits) {
    return new BigInteger(bits, TestKey.seeded("odd")).setBit(bits - 1).setBit(0);
  }

  private static BigInteger modulus(TestKey key) {
    return ((RSAPublicKey) key.keyPair().getPublic()).getModulus();
  }

  private static byte[] rsa(String oid, byte[] parameters, BigInteger n, BigInteger e) {
    return bare(
        oid,
        parameters,
        Tlv.sequence(Tlv.of(0x02, n.toByteArray()), Tlv.of(0x02, e.toByteArray())));
  }

  private static byte[] bare(String oid, byte[] parameters, byte[] key) {
    return Tlv.sequence(Tlv.sequence(Tlv.hex(oid), parameters), Tlv.bits(key));
  }

  private static byte[] ec(String curve, byte[] point) {
    return bare(EC, Tlv.hex(curve), point);
  }

  /** P-256 by its parameters, but with the device's own point as generator. */
  private static byte[] explicitCurve(byte[] point) {
    String prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    String b = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
    String a = "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc";
    String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    byte[] parameters =
        Tlv.sequence(
            Tlv.hex("020101"),
            Tlv.sequence(Tlv.hex("06072a8648ce3d0101"), Tlv.of(0x02, new byte[1], Tlv.hex(prime))),
            Tlv.sequence(Tlv.of(0x04, Tlv.hex(a)), Tlv.of(0x04, Tlv.hex(b))),
            Tlv.of(0x04, point),
            Tlv.of(0x02, new byte[1], Tlv.hex(order)),
            Tlv.hex("020101"));
    return Tlv.sequence(Tlv.sequence(Tlv.hex(EC), parameters), Tlv.bits(point));
  }

  private static byte[] of(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }

  private static byte[] nul() {
    return Tlv.hex("0500");
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }
}
