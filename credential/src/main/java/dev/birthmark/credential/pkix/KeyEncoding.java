package dev.birthmark.credential.pkix;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Decides whether octets are the one encoding of a public key. All kinds but RSA have a fixed
 * beginning and a fixed length, so a good key is told by comparing octets; only what fails is
 * looked at more closely, to say what is wrong.
 */
final class KeyEncoding {
  private static final String ALLOWED =
      "; allowed are P-256, P-384, Ed25519, RSA of 2048 to 8192 bits, ML-DSA-44, ML-DSA-65 and"
          + " ML-DSA-87";

  private KeyEncoding() {}

  @SuppressWarnings("ImmutableEnumChecker") // the array is never written
  private enum Fixed {
    P256(KeyAlgorithm.P256, "3059301306072a8648ce3d020106082a8648ce3d03010703420004", 64),
    P384(KeyAlgorithm.P384, "3076301006072a8648ce3d020106052b8104002203620004", 96),
    ED25519(KeyAlgorithm.ED25519, "302a300506032b6570032100", 32),
    ML_DSA_44(KeyAlgorithm.ML_DSA_44, "30820532300b060960864801650304031103820521" + "00", 1312),
    ML_DSA_65(KeyAlgorithm.ML_DSA_65, "308207b2300b0609608648016503040312038207a1" + "00", 1952),
    ML_DSA_87(KeyAlgorithm.ML_DSA_87, "30820a32300b060960864801650304031303820a21" + "00", 2592);

    private final KeyAlgorithm algorithm;
    private final byte[] beginning;
    private final int length;

    Fixed(KeyAlgorithm algorithm, String beginning, int keyLength) {
      this.algorithm = algorithm;
      this.beginning = HexFormat.of().parseHex(beginning);
      this.length = this.beginning.length + keyLength;
    }

    boolean matches(byte[] der) {
      return der.length == length
          && Arrays.equals(der, 0, beginning.length, beginning, 0, beginning.length);
    }
  }

  private static final Fixed[] FIXED = Fixed.values();

  /** The kind of key, or the refusal. */
  static KeyAlgorithm check(byte[] der) throws KeyRefusedException {
    if (der.length > SubjectPublicKey.MAX_OCTETS) {
      throw new KeyRefusedException(
          KeyRefusal.SIZE,
          "public key of " + der.length + " octets, more than " + SubjectPublicKey.MAX_OCTETS);
    }
    for (Fixed form : FIXED) {
      if (form.matches(der)) {
        switch (form) {
          case P256 -> CurvePoints.P256.check(der, form.beginning.length);
          case P384 -> CurvePoints.P384.check(der, form.beginning.length);
          case ED25519 -> CurvePoints.checkEd25519(der, form.beginning.length);
          case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> {}
        }
        return form.algorithm;
      }
    }
    try {
      return explain(der);
    } catch (DerException e) {
      throw new KeyRefusedException(
          KeyRefusal.ENCODING, "the SubjectPublicKeyInfo is not DER: it " + e.detail());
    }
  }

  /** The octets of the key's BIT STRING. */
  static byte[] keyOctets(byte[] checkedDer) {
    try {
      DerInput info = new DerInput(checkedDer).enter(DerInput.SEQUENCE);
      info.skip();
      return info.bitOctets().rest();
    } catch (DerException e) {
      throw new IllegalStateException("a checked key became unreadable", e);
    }
  }

  private static KeyAlgorithm explain(byte[] der) throws DerException, KeyRefusedException {
    DerInput outer = new DerInput(der);
    DerInput info = outer.enter(DerInput.SEQUENCE);
    outer.end();
    DerInput identifier = info.enter(DerInput.SEQUENCE);
    String oid = identifier.oid();
    DerInput key = info.bitOctets();
    info.end();
    switch (oid) {
      case "1.2.840.113549.1.1.1":
        RsaKey.read(identifier, key);
        return KeyAlgorithm.RSA;
      case "1.2.840.10045.2.1":
        throw explainCurve(identifier, key);
      case "1.2.840.113549.1.1.10":
        throw encoding("an RSA key under the RSASSA-PSS identifier; use rsaEncryption with NULL");
      case "1.3.101.112":
        throw explainBare("Ed25519", 32, identifier, key);
      case "2.16.840.1.101.3.4.3.17":
        throw explainBare("ML-DSA-44", 1312, identifier, key);
      case "2.16.840.1.101.3.4.3.18":
        throw explainBare("ML-DSA-65", 1952, identifier, key);
      case "2.16.840.1.101.3.4.3.19":
        throw explainBare("ML-DSA-87", 2592, identifier, key);
      default:
        throw new KeyRefusedException(
            KeyRefusal.ALGORITHM, "key type " + named(oid) + " is not taken" + ALLOWED);
    }
  }

  private static KeyRefusedException explainBare(
      String name, int length, DerInput identifier, DerInput key) {
    if (!identifier.atEnd()) {
      return encoding("an " + name + " key has no algorithm parameters");
    }
    return encoding("an " + name + " key has " + length + " octets, not " + key.remaining());
  }

  private static KeyRefusedException explainCurve(DerInput identifier, DerInput key)
      throws DerException {
    if (identifier.atEnd()) {
      return encoding("the elliptic curve is not named");
    }
    if (!identifier.next(DerInput.OID)) {
      return encoding("the elliptic curve is given by explicit parameters, not by name");
    }
    String curve = identifier.oid();
    int coordinate =
        switch (curve) {
          case "1.2.840.10045.3.1.7" -> 32;
          case "1.3.132.0.34" -> 48;
          default -> 0;
        };
    if (coordinate == 0) {
      return new KeyRefusedException(
          KeyRefusal.ALGORITHM, "curve " + named(curve) + " is not taken" + ALLOWED);
    }
    if (!identifier.atEnd()) {
      return encoding("the curve's name is followed by more parameters");
    }
    if (key.remaining() == 1 && key.octet(0) == 0) {
      return new KeyRefusedException(KeyRefusal.INVALID, "the point is the point at infinity");
    }
    if (!key.atEnd()) {
      switch (key.octet(0)) {
        case 2, 3:
          return encoding("the point is compressed; send it uncompressed");
        case 6, 7:
          return encoding("the point is in hybrid form; send it uncompressed");
        default:
      }
    }
    return encoding(
        "the point has "
            + key.remaining()
            + " octets; an uncompressed one has "
            + (1 + 2 * coordinate)
            + " and begins with 04");
  }

  private static KeyRefusedException encoding(String detail) {
    return new KeyRefusedException(KeyRefusal.ENCODING, detail);
  }

  private static String named(String oid) {
    return switch (oid) {
      case "1.3.101.110" -> "X25519 (" + oid + ")";
      case "1.3.101.111" -> "X448 (" + oid + ")";
      case "1.3.101.113" -> "Ed448 (" + oid + ")";
      case "1.3.132.0.10" -> "secp256k1 (" + oid + ")";
      case "1.3.132.0.35" -> "P-521 (" + oid + ")";
      case "1.2.840.10040.4.1" -> "DSA (" + oid + ")";
      case "1.2.156.10197.1.301" -> "SM2 (" + oid + ")";
      default ->
          oid.startsWith("1.3.6.1.4.1.2.267.") ? "ML-DSA's draft identifier " + oid : "OID " + oid;
    };
  }
}
