package dev.birthmark.credential.pkix;

import dev.birthmark.credential.encoding.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate that a device presents, or that was just made for one: what it says, read strictly.
 * Reading decides nothing about trust; {@link #faultAsDevice()} says whether it can be a device's
 * at all (RFC 5280 §4, §6.1.4).
 *
 * <p>Immutable. The reader shares no code with {@link CertificateTemplate}.
 */
public final class DeviceCertificate {

  /** The purpose that a device's certificate has, if it has any (RFC 5280 §4.2.1.12). */
  public static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  private static final String SERIAL_NUMBER = "2.5.4.5";
  private static final String COMMON_NAME = "2.5.4.3";

  private final CertificateReader.Fields fields;

  private DeviceCertificate(CertificateReader.Fields fields) {
    this.fields = fields;
  }

  /**
   * Reads DER of at most 64 kB, in time linear in its length.
   *
   * @throws MalformedCertificateException for whatever is not a strict version 3 certificate,
   *     naming the part; nothing else is thrown
   */
  public static DeviceCertificate parse(byte[] der) throws MalformedCertificateException {
    return new DeviceCertificate(CertificateReader.read(der));
  }

  /** The whole certificate, a copy. */
  public byte[] der() {
    return fields.der().clone();
  }

  /** SHA-256 of the whole certificate. */
  public Sha256 fingerprint() {
    return fields.fingerprint();
  }

  /** The octets that are signed, a copy. */
  public byte[] tbs() {
    return fields.tbs().clone();
  }

  /** The serial; a place in a log only if the issuer is a site's. */
  public CertificateSerial serial() {
    return fields.serial();
  }

  /** What it was signed with; empty if that is not accepted, such as SHA-1. */
  public Optional<SignatureAlgorithm> signatureAlgorithm() {
    return SignatureAlgorithm.fromIdentifier(fields.signatureIdentifier());
  }

  /** The OID of what it was signed with, in dotted form. */
  public String signatureAlgorithmOid() {
    return SignatureAlgorithm.oid(fields.signatureIdentifier());
  }

  /** The signature, a copy. */
  public byte[] signature() {
    return fields.signature().clone();
  }

  /** The issuer's Name in DER. */
  public Octets issuer() {
    return new Octets(fields.issuer());
  }

  /** The subject's Name in DER. */
  public Octets subject() {
    return new Octets(fields.subject());
  }

  /**
   * The device id, if the subject is exactly serialNumber and common name, both the same device id
   * in PrintableString, as every certificate of a site is. Empty for any other subject.
   */
  public Optional<DeviceId> deviceId() {
    try {
      DerInput name = new DerInput(fields.subject()).enter(DerInput.SEQUENCE);
      String serialNumber = printable(name, SERIAL_NUMBER);
      String commonName = printable(name, COMMON_NAME);
      boolean good =
          name.atEnd() && serialNumber.equals(commonName) && DeviceId.isValid(serialNumber);
      return good ? Optional.of(new DeviceId(serialNumber)) : Optional.empty();
    } catch (DerException e) {
      return Optional.empty();
    }
  }

  private static String printable(DerInput name, String oid) throws DerException {
    DerInput relative = name.enter(DerInput.SET);
    DerInput attribute = relative.enter(DerInput.SEQUENCE);
    relative.end();
    if (!attribute.oid().equals(oid)) {
      throw new DerException("is another attribute");
    }
    byte[] value = attribute.enter(DerInput.PRINTABLE_STRING).rest();
    attribute.end();
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  /** First second of validity. */
  public Instant notBefore() {
    return fields.notBefore();
  }

  /** Last second of validity; {@link CertificateTemplate#NO_EXPIRY} for ever. */
  public Instant notAfter() {
    return fields.notAfter();
  }

  /** The device's public key. */
  public SubjectPublicKey publicKey() {
    return fields.publicKey();
  }

  /** The identifier of the issuer's key: a hint for finding it, never a proof. */
  public Optional<Octets> authorityKeyIdentifier() {
    return fields.extensions().authorityKeyIdentifier();
  }

  /** The identifier of the device's key. */
  public Optional<Octets> subjectKeyIdentifier() {
    return fields.extensions().subjectKeyIdentifier();
  }

  /** Whether keyUsage is there and names digitalSignature only. */
  public boolean isForSigningOnly() {
    return fields.extensions().keyUsage().orElse(0) == CertificateExtensions.DIGITAL_SIGNATURE;
  }

  /** The purposes of extendedKeyUsage in dotted form; empty if there is none. */
  public List<String> extendedKeyUsages() {
    return fields.extensions().extendedKeyUsages();
  }

  /** The URIs of subjectAltName. */
  public List<String> uris() {
    return fields.extensions().uris();
  }

  /**
   * Why this cannot be the certificate that a device authenticates with, or empty: it is an
   * authority's, its key usage lacks digitalSignature, its purposes lack client authentication, or
   * it has a critical extension that nobody here understands. Absent key usage and purposes allow
   * all.
   */
  public Optional<String> faultAsDevice() {
    return faultFor(CLIENT_AUTHENTICATION, "clientAuth");
  }

  /**
   * The same for another purpose.
   *
   * @param purpose its OID in dotted form
   * @param name what it is called
   */
  public Optional<String> faultFor(String purpose, String name) {
    CertificateExtensions extensions = fields.extensions();
    if (extensions.certificateAuthority()) {
      return Optional.of("basicConstraints: it is a certification authority's");
    }
    int usage = extensions.keyUsage().orElse(CertificateExtensions.DIGITAL_SIGNATURE);
    if ((usage & CertificateExtensions.DIGITAL_SIGNATURE) == 0) {
      return Optional.of("keyUsage: without digitalSignature");
    }
    List<String> purposes = extensions.extendedKeyUsages();
    if (!purposes.isEmpty() && !purposes.contains(purpose)) {
      return Optional.of("extendedKeyUsage: without " + name);
    }
    return extensions.unhandledCritical().map(oid -> "extensions: " + oid + " is critical");
  }

  /** Whether the signature verifies with this key; false also if its algorithm is not accepted. */
  public boolean isSignedBy(SubjectPublicKey issuerKey, SignatureVerifier verifier) {
    return signatureAlgorithm()
        .map(algorithm -> verifier.verify(issuerKey, algorithm, fields.tbs(), fields.signature()))
        .orElse(false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceCertificate that && fingerprint().equals(that.fingerprint());
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  /** Its fingerprint. */
  @Override
  public String toString() {
    return "certificate " + fingerprint().hex();
  }
}
