package dev.birthmark.testkit.pki;

import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Certification requests as devices send them, and every kind that has to be refused. */
public final class TestRequests {
  private static final byte[] NO_ATTRIBUTES = {(byte) 0xa0, 0};
  private static final byte[] EMPTY_SUBJECT = Tlv.sequence();
  private static final String EXTENSION_REQUEST = "06092a864886f70d01090e";
  private static final String CHALLENGE_PASSWORD = "06092a864886f70d010907";

  private TestRequests() {}

  /**
   * A body that must lead to a certificate.
   *
   * @param name what is special about it
   */
  public record Good(String name, byte[] body) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A body that must be refused.
   *
   * @param name what is wrong with it
   * @param reason the machine-readable reason
   * @param says what the detail must contain
   */
  public record Bad(String name, byte[] body, String reason, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A plain good request in DER. */
  public static byte[] der(TestKey key) {
    return der(key, 0, EMPTY_SUBJECT, NO_ATTRIBUTES);
  }

  /** A plain good request in PEM. */
  public static String pem(TestKey key) {
    return pem("CERTIFICATE REQUEST", der(key));
  }

  /** PEM with lines of 64 characters. */
  public static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /** Any request, signed with its key. */
  public static byte[] der(TestKey key, int version, byte[] subject, byte[] attributes) {
    return signed(info(key.publicKey().der(), version, subject, attributes), key);
  }

  /** Every good form. */
  public static List<Good> good() {
    TestKey key = TestKey.p256(1);
    byte[] der = der(key);
    String pem = pem(key);
    String base64 = Base64.getEncoder().encodeToString(der);
    byte[] oddSubject =
        Tlv.sequence(
            Tlv.set(Tlv.sequence(Tlv.hex("0603550403"), Tlv.text(0x1e, "\0A\0B"))),
            Tlv.set(Tlv.sequence(Tlv.hex("0603550403"), Tlv.text(0x13, "under_score"))),
            Tlv.set(Tlv.sequence(Tlv.hex("060355040a"), Tlv.text(0x14, "x".repeat(300)))));
    byte[] attributes =
        Tlv.of(
            0xa0,
            attribute(CHALLENGE_PASSWORD, Tlv.text(0x13, "secret")),
            attribute(EXTENSION_REQUEST, Tlv.sequence()));
    return List.of(
        new Good("DER", der),
        new Good("PEM", ascii(pem)),
        new Good("NEW CERTIFICATE REQUEST", ascii(pem("NEW CERTIFICATE REQUEST", der))),
        new Good("CRLF", ascii(pem.replace("\n", "\r\n"))),
        new Good("trailing blanks", ascii(pem + "  \n\t\n")),
        new Good("no last newline", ascii(pem.strip())),
        new Good("text before the PEM", ascii("Certificate Request:\n    Data:\n" + pem)),
        new Good("byte-order mark", Tlv.concat(Tlv.hex("efbbbf"), ascii(pem))),
        new Good("base64", ascii(base64)),
        new Good(
            "base64 with line breaks",
            ascii(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(der))),
        new Good("attributes absent", der(key, 0, EMPTY_SUBJECT, new byte[0])),
        new Good("several attributes", der(key, 0, EMPTY_SUBJECT, attributes)),
        new Good("odd subject", der(key, 0, oddSubject, NO_ATTRIBUTES)),
        new Good("P-384", der(TestKey.of(KeyAlgorithm.P384, 1))),
        new Good("Ed25519", der(TestKey.of(KeyAlgorithm.ED25519, 1))),
        new Good("RSA-2048", der(TestKey.of(KeyAlgorithm.RSA, 1))),
        new Good(
            "RSA with SHA-512",
            der(TestKey.of(KeyAlgorithm.RSA, 1).signingWith(SignatureAlgorithm.RSA_SHA512))),
        new Good("ML-DSA-44", der(TestKey.of(KeyAlgorithm.ML_DSA_44, 1))),
        new Good("ML-DSA-65", der(TestKey.of(KeyAlgorithm.ML_DSA_65, 1))),
        new Good("ML-DSA-87", der(TestKey.of(KeyAlgorithm.ML_DSA_87, 1))));
  }

  /** Every bad one that is bad in its form or signature; see {@link TestKeys#bad()} for keys. */
  public static List<Bad> bad() {
    TestKey key = TestKey.p256(1);
    byte[] der = der(key);
    String pem = pem(key);
    byte[] info = info(key.publicKey().der(), 0, EMPTY_SUBJECT, NO_ATTRIBUTES);
    byte[] ecdsa = SignatureAlgorithm.ECDSA_SHA256.identifier();
    byte[] privateKey = key.privateKey().getEncoded();
    String malformed = "request-malformed";
    String weak = "request-signature-algorithm";
    String proof = "proof-of-possession";
    String secret = "private-key-in-request";
    return List.of(
        new Bad("empty", new byte[0], malformed, "empty"),
        new Bad("blank", ascii(" \r\n"), malformed, "blank"),
        new Bad("too large", new byte[70_000], "request-too-large", "70000 octets"),
        new Bad("UTF-16", pem.getBytes(StandardCharsets.UTF_16), malformed, "UTF-16"),
        new Bad(
            "UTF-16 without mark", pem.getBytes(StandardCharsets.UTF_16LE), malformed, "UTF-16"),
        new Bad(
            "base64 of PEM",
            ascii(Base64.getEncoder().encodeToString(ascii(pem))),
            malformed,
            "base64 of PEM"),
        new Bad("two requests", ascii(pem + pem), malformed, "several"),
        new Bad("trailing octets", Tlv.concat(der, new byte[3]), malformed, "3 octets"),
        new Bad("two requests in DER", Tlv.concat(der, der), malformed, der.length + " octets"),
        new Bad("text after the PEM", ascii(pem + "x"), malformed, "1 characters after"),
        new Bad("a certificate's label", ascii(pem("CERTIFICATE", der)), malformed, "label"),
        new Bad("cut off", Arrays.copyOf(der, der.length - 1), malformed, "ends too early"),
        new Bad("PEM without end", ascii(pem.substring(0, 90)), malformed, "END"),
        new Bad("not base64", ascii("?".repeat(90)), malformed, "neither"),
        new Bad("version 1", der(key, 1, EMPTY_SUBJECT, NO_ATTRIBUTES), malformed, "is 1;"),
        new Bad("version 2", der(key, 2, EMPTY_SUBJECT, NO_ATTRIBUTES), malformed, "is 2;"),
        new Bad(
            "extension request without a value",
            der(
                key,
                0,
                EMPTY_SUBJECT,
                Tlv.of(0xa0, Tlv.sequence(Tlv.hex(EXTENSION_REQUEST), Tlv.set()))),
            malformed,
            "without a value"),
        new Bad(
            "SHA-1",
            Tlv.sequence(
                info,
                Tlv.hex("300906072a8648ce3d0401"),
                Tlv.bits(key.signWeakly("SHA1withECDSA", info))),
            weak,
            "SHA-1"),
        new Bad("MD5", md5(TestKey.of(KeyAlgorithm.RSA, 1)), weak, "MD5"),
        new Bad(
            "another key's signature",
            Tlv.sequence(info, ecdsa, Tlv.bits(TestKey.p256(2).sign(info))),
            proof,
            "own key"),
        new Bad("no signature", Tlv.sequence(info, ecdsa, Tlv.bits()), proof, "encoding"),
        new Bad(
            "raw r and s", Tlv.sequence(info, ecdsa, Tlv.bits(new byte[64])), proof, "encoding"),
        new Bad(
            "padded signature",
            Tlv.sequence(info, ecdsa, Tlv.bits(key.sign(info), new byte[1])),
            proof,
            "encoding"),
        new Bad("private key alone", ascii(pem("PRIVATE KEY", privateKey)), secret, "private key"),
        new Bad("private key in DER", privateKey, secret, "private key"),
        new Bad(
            "private key in base64",
            ascii(Base64.getEncoder().encodeToString(privateKey)),
            secret,
            "private key"),
        new Bad(
            "private key beside the request",
            ascii(pem + pem("PRIVATE KEY", privateKey)),
            secret,
            "private key"),
        new Bad(
            "private key after the request", Tlv.concat(der, privateKey), secret, "private key"),
        new Bad(
            "encrypted private key",
            ascii(pem("ENCRYPTED PRIVATE KEY", privateKey)),
            secret,
            "private key"));
  }

  /** The request of a key that nobody can sign for, as far as the reader of keys gets. */
  public static byte[] unsigned(byte[] publicKeyDer) {
    return Tlv.sequence(
        info(publicKeyDer, 0, EMPTY_SUBJECT, NO_ATTRIBUTES),
        SignatureAlgorithm.ECDSA_SHA256.identifier(),
        Tlv.bits(Tlv.hex("3006020101020101")));
  }

  private static byte[] md5(TestKey key) {
    byte[] info = info(key.publicKey().der(), 0, EMPTY_SUBJECT, NO_ATTRIBUTES);
    return Tlv.sequence(
        info,
        Tlv.hex("300d06092a864886f70d0101040500"),
        Tlv.bits(key.signWeakly("MD5withRSA", info)));
  }

  private static byte[] info(byte[] key, int version, byte[] subject, byte[] attributes) {
    return Tlv.sequence(Tlv.of(0x02, new byte[] {(byte) version}), subject, key, attributes);
  }

  private static byte[] signed(byte[] info, TestKey key) {
    return Tlv.sequence(info, key.algorithm().identifier(), Tlv.bits(key.sign(info)));
  }

  private static byte[] attribute(String oid, byte[] value) {
    return Tlv.sequence(Tlv.hex(oid), Tlv.set(value));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
