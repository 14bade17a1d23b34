package dev.birthmark.credential.pkix;

import dev.birthmark.credential.encoding.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Makes the certificates of one issuer, log and profile. Everything that they share is encoded
 * once; serial, dates, subject, names and key are put in. The same arguments always give the same
 * octets. Immutable.
 */
public final class CertificateTemplate {

  /** The date of what never expires: 99991231235959Z (RFC 5280 §4.1.2.5). */
  public static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  private static final Instant GENERALIZED_FROM = Instant.parse("2050-01-01T00:00:00Z");
  private static final byte[] VERSION_3 = {(byte) 0xa0, 3, 2, 1, 2};
  private static final byte[] SERIAL_NUMBER = {6, 3, 0x55, 4, 5};
  private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
  private static final byte[] KEY_IDENTIFIER = {6, 3, 0x55, 0x1d, 0x0e};
  private static final byte[] ALTERNATIVE_NAME = {6, 3, 0x55, 0x1d, 0x11};
  private static final byte[] CRL_POINTS = {6, 3, 0x55, 0x1d, 0x1f};

  private final CertificateContent content;
  private final BaseUrl base;
  private final int logBits;
  private final String crlPrefix;
  private final byte[] algorithm;
  private final byte[] issuer;
  private final byte[] fixedExtensions;

  /**
   * The template of a profile's certificates.
   *
   * @param issuer whose key will sign; its Name and key identifier stand in each certificate
   * @param algorithm what that key will sign with
   * @param base where the addresses in the certificates lie
   * @param logId the log that the certificates are entries of, 16 hexadecimal digits
   */
  public CertificateTemplate(
      IssuerCertificate issuer,
      SignatureAlgorithm algorithm,
      BaseUrl base,
      String logId,
      CertificateContent content) {
    if (!algorithm.fits(issuer.publicKey().algorithm())) {
      throw new IllegalArgumentException(algorithm + " does not fit the issuer's key");
    }
    if (!logId.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException("log id is not 16 hexadecimal digits");
    }
    byte[] issuerKey =
        issuer
            .subjectKeyIdentifier()
            .map(Octets::bytes)
            .orElseThrow(() -> new IllegalArgumentException("issuer without key identifier"));
    this.content = content;
    this.base = base;
    this.logBits = (int) (Long.parseUnsignedLong(logId, 16) >>> 34);
    this.crlPrefix = base.crlPrefix(issuerKey, logId);
    this.algorithm = algorithm.identifier();
    this.issuer = issuer.subject().bytes();
    this.fixedExtensions = fixedExtensions(content, base, issuerKey);
  }

  /**
   * The octets to be signed.
   *
   * @param serial a place in this template's log
   * @param notBefore whole seconds, not before 1950
   * @param notAfter whole seconds, not before {@code notBefore}
   */
  public byte[] tbs(
      CertificateSerial serial,
      DeviceId device,
      Instant notBefore,
      Instant notAfter,
      SubjectPublicKey key) {
    if (!serial.isPlace() || serial.logBits() != logBits) {
      throw new IllegalArgumentException("the certificate serial is no place in this log");
    }
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException("validity ends before it begins");
    }
    DerOutput out = new DerOutput(768 + key.length());
    if (content.crlDistributionPoint()) {
      putCrlPoint(out, serial.index());
    }
    if (content.subjectAltName()) {
      putAlternativeName(out, device);
    }
    putKeyIdentifier(out, key);
    out.put(fixedExtensions).wrap(0x30, 0).wrap(0xa3, 0);
    out.put(key.encoded());
    putSubject(out, device);
    int afterDates = out.written();
    putTime(out, notAfter);
    putTime(out, notBefore);
    out.wrap(0x30, afterDates);
    out.put(issuer).put(algorithm).put(0x02, serial.value().toByteArray()).put(VERSION_3);
    return out.wrap(0x30, 0).toByteArray();
  }

  /** The certificate of signed octets. */
  public byte[] certificate(byte[] tbs, byte[] signature) {
    DerOutput out = new DerOutput(tbs.length + signature.length + 64);
    out.put(signature).put(new byte[1]).wrap(0x03, 0);
    return out.put(algorithm).put(tbs).wrap(0x30, 0).toByteArray();
  }

  private void putCrlPoint(DerOutput out, long index) {
    int end = out.written();
    out.put(BaseUrl.crlSuffix(index)).put(crlPrefix).wrap(0x86, end);
    out.wrap(0xa0, end).wrap(0xa0, end).wrap(0x30, end).wrap(0x30, end).wrap(0x04, end);
    out.put(CRL_POINTS).wrap(0x30, end);
  }

  private void putAlternativeName(DerOutput out, DeviceId device) {
    int end = out.written();
    out.put(0x86, base.device(device)).wrap(0x30, end).wrap(0x04, end);
    out.put(ALTERNATIVE_NAME).wrap(0x30, end);
  }

  private static void putKeyIdentifier(DerOutput out, SubjectPublicKey key) {
    int end = out.written();
    out.put(0x04, key.keyIdentifier()).wrap(0x04, end);
    out.put(KEY_IDENTIFIER).wrap(0x30, end);
  }

  private static void putSubject(DerOutput out, DeviceId device) {
    int end = out.written();
    putAttribute(out, COMMON_NAME, device);
    putAttribute(out, SERIAL_NUMBER, device);
    out.wrap(0x30, end);
  }

  private static void putAttribute(DerOutput out, byte[] type, DeviceId device) {
    int end = out.written();
    out.put(0x13, device.value()).put(type).wrap(0x30, end).wrap(0x31, end);
  }

  private static void putTime(DerOutput out, Instant time) {
    if (time.getNano() != 0) {
      throw new IllegalArgumentException("a date with a fraction of a second");
    }
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    boolean generalized = !time.isBefore(GENERALIZED_FROM);
    if (utc.getYear() < 1950 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("a date outside of 1950 to 9999");
    }
    byte[] text = new byte[generalized ? 15 : 13];
    int at = text.length - 1;
    text[at] = 'Z';
    int[] fields = {
      utc.getSecond(),
      utc.getMinute(),
      utc.getHour(),
      utc.getDayOfMonth(),
      utc.getMonthValue(),
      utc.getYear() % 100,
      utc.getYear() / 100
    };
    for (int i = 0; at > 0; i++) {
      text[--at] = (byte) ('0' + fields[i] % 10);
      text[--at] = (byte) ('0' + fields[i] / 10);
    }
    out.put(generalized ? 0x18 : 0x17, text);
  }

  /** The extensions that are the same in all certificates, one after the other. */
  private static byte[] fixedExtensions(
      CertificateContent content, BaseUrl base, byte[] issuerKey) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    append(all, Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(issuerKey));
    append(all, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    if (content.basicConstraints()) {
      append(all, Extension.basicConstraints, true, new BasicConstraints(false));
    }
    if (!content.extendedKeyUsages().isEmpty()) {
      KeyPurposeId[] purposes =
          content.extendedKeyUsages().stream()
              .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
              .toArray(KeyPurposeId[]::new);
      append(all, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }
    if (content.authorityInformationAccess()) {
      AccessDescription[] access = {
        new AccessDescription(AccessDescription.id_ad_caIssuers, uri(base.issuer(issuerKey))),
        new AccessDescription(AccessDescription.id_ad_ocsp, uri(base.ocsp()))
      };
      append(all, Extension.authorityInfoAccess, false, new AuthorityInformationAccess(access));
    }
    return all.toByteArray();
  }

  private static GeneralName uri(String address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address);
  }

  private static void append(
      ByteArrayOutputStream all, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    try {
      byte[] octets = value.toASN1Primitive().getEncoded("DER");
      all.writeBytes(new Extension(oid, critical, octets).getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalArgumentException("extension " + oid + " cannot be encoded", e);
    }
  }
}
