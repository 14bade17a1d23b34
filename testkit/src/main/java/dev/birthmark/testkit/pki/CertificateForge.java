package dev.birthmark.testkit.pki;

import dev.birthmark.credential.pkix.IssuerCertificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes any certificate, good or bad. Starts as a good leaf of its site for P-256 key 1 and device
 * {@code forged-1}; each call changes one thing.
 */
public final class CertificateForge {
  /** OIDs of the extensions that can be set and dropped, DER with tag and length. */
  public static final String KEY_USAGE = "0603551d0f";

  /** Extended key usage. */
  public static final String PURPOSES = "0603551d25";

  /** Basic constraints. */
  public static final String BASIC_CONSTRAINTS = "0603551d13";

  /** Subject alternative name. */
  public static final String ALTERNATIVE_NAME = "0603551d11";

  /** Authority key identifier. */
  public static final String AUTHORITY_KEY = "0603551d23";

  /** Subject key identifier. */
  public static final String SUBJECT_KEY = "0603551d0e";

  private static final String SHA1_ECDSA = "300906072a8648ce3d0401";

  private int version = 3;
  private byte[] serial;
  private byte[] issuerName;
  private byte[] notBefore = Tlv.text(0x17, "261125115500Z");
  private byte[] notAfter = Tlv.text(0x18, "99991231235959Z");
  private byte[] subject = Tlv.sequence();
  private TestKey key = TestKey.p256(1);
  private TestKey signer;
  private @Nullable String weakAlgorithm;
  private final Map<String, byte[]> extensions = new LinkedHashMap<>();
  private final List<byte[]> more = new ArrayList<>();

  CertificateForge(TestPki pki) {
    serial = pki.serial(1).value().toByteArray();
    issuerName = pki.issuer().subject().bytes();
    signer = pki.issuerKey();
    device("forged-1");
    extension(KEY_USAGE, true, "03020780");
    extension(PURPOSES, false, "300a06082b06010505070302");
    extension(BASIC_CONSTRAINTS, true, "3000");
    extensions.put(
        AUTHORITY_KEY,
        extension(Tlv.hex(AUTHORITY_KEY), false, Tlv.sequence(Tlv.of(0x80, keyIdentifier(pki)))));
  }

  /** Another serial, any octets. */
  public CertificateForge serial(byte[] octets) {
    serial = octets.clone();
    return this;
  }

  /** The device id in subject and subject alternative name. */
  public CertificateForge device(String id) {
    subject = Tlv.sequence(attribute("0603550405", id), attribute("0603550403", id));
    return uri(false, TestPki.BASE.value() + "/devices/" + id);
  }

  /** An empty subject and the URI in a critical subject alternative name (RFC 5280 §4.2.1.6). */
  public CertificateForge withoutSubject(String id) {
    subject = Tlv.sequence();
    return uri(true, TestPki.BASE.value() + "/devices/" + id);
  }

  /** The device's key. */
  public CertificateForge key(TestKey other) {
    key = other;
    return this;
  }

  /** Another signer under the same issuer name. */
  public CertificateForge signedBy(TestKey other) {
    signer = other;
    return this;
  }

  /** Another issuer, by its certificate and key. */
  public CertificateForge issuer(IssuerCertificate certificate, TestKey issuerKey) {
    issuerName = certificate.subject().bytes();
    signer = issuerKey;
    extensions.put(
        AUTHORITY_KEY,
        extension(
            Tlv.hex(AUTHORITY_KEY),
            false,
            Tlv.sequence(Tlv.of(0x80, certificate.publicKey().keyIdentifier()))));
    return this;
  }

  /** Issuer and subject by name, as an authority's certificate has them. */
  public CertificateForge names(byte[] issuer, byte[] subjectName) {
    issuerName = issuer.clone();
    subject = subjectName.clone();
    return this;
  }

  /** Signed with SHA-1 and ECDSA. */
  public CertificateForge signedWithSha1() {
    weakAlgorithm = "SHA1withECDSA";
    return this;
  }

  /** Version 1, 2 or 3; the extensions stay only in version 3. */
  public CertificateForge version(int number) {
    version = number;
    return this;
  }

  /** Dates as text: UTCTime if they have at most 13 characters, else GeneralizedTime. */
  public CertificateForge validity(String from, String to) {
    notBefore = time(from);
    notAfter = time(to);
    return this;
  }

  /** One date as text with the tag it gets. */
  public CertificateForge notAfter(int tag, String text) {
    notAfter = Tlv.text(tag, text);
    return this;
  }

  /** Sets or replaces an extension; the value in hexadecimal. */
  public CertificateForge extension(String oid, boolean critical, String value) {
    extensions.put(oid, extension(Tlv.hex(oid), critical, Tlv.hex(value)));
    return this;
  }

  /** Adds an extension without looking whether it is there. */
  public CertificateForge anotherExtension(String oid, boolean critical, String value) {
    more.add(extension(Tlv.hex(oid), critical, Tlv.hex(value)));
    return this;
  }

  /** Leaves an extension out. */
  public CertificateForge without(String oid) {
    extensions.remove(oid);
    return this;
  }

  /** An authority's extensions: cA and keyCertSign. */
  public CertificateForge asAuthority() {
    without(PURPOSES);
    extension(KEY_USAGE, true, "03020106");
    extension(BASIC_CONSTRAINTS, true, "30030101ff");
    return this;
  }

  /** Claims this key identifier. */
  public CertificateForge subjectKeyIdentifier(byte[] identifier) {
    extensions.put(SUBJECT_KEY, extension(Tlv.hex(SUBJECT_KEY), false, Tlv.of(0x04, identifier)));
    return this;
  }

  /** The certificate. */
  public byte[] der() {
    byte[] algorithm =
        weakAlgorithm == null ? signer.algorithm().identifier() : Tlv.hex(SHA1_ECDSA);
    List<byte[]> all = new ArrayList<>(extensions.values());
    all.addAll(more);
    byte[] tbs =
        Tlv.sequence(
            version == 1 ? new byte[0] : Tlv.hex("a0030201 0" + (version - 1)),
            Tlv.of(0x02, serial),
            algorithm,
            issuerName,
            Tlv.sequence(notBefore, notAfter),
            subject,
            key.publicKey().der(),
            version == 3 && !all.isEmpty()
                ? Tlv.of(0xa3, Tlv.sequence(all.toArray(byte[][]::new)))
                : new byte[0]);
    byte[] signature =
        weakAlgorithm == null ? signer.sign(tbs) : signer.signWeakly(weakAlgorithm, tbs);
    return Tlv.sequence(tbs, algorithm, Tlv.bits(signature));
  }

  private CertificateForge uri(boolean critical, String uri) {
    extensions.put(
        ALTERNATIVE_NAME,
        extension(Tlv.hex(ALTERNATIVE_NAME), critical, Tlv.sequence(Tlv.text(0x86, uri))));
    return this;
  }

  private static byte[] attribute(String oid, String value) {
    return Tlv.set(Tlv.sequence(Tlv.hex(oid), Tlv.text(0x13, value)));
  }

  private static byte[] time(String text) {
    return Tlv.text(text.length() <= 13 ? 0x17 : 0x18, text);
  }

  private static byte[] keyIdentifier(TestPki pki) {
    return pki.issuer().publicKey().keyIdentifier();
  }

  private static byte[] extension(byte[] oid, boolean critical, byte[] value) {
    return Tlv.sequence(oid, critical ? Tlv.hex("0101ff") : new byte[0], Tlv.of(0x04, value));
  }
}
