package dev.birthmark.credential.pkix;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Makes the few certificates of a ceremony: the root's, an issuing authority's, and the one that a
 * site shows the identity service. None of them expires (RFC 5280 §4.1.2.5): what they vouch for
 * does not either.
 *
 * @param serial never a place in a log
 * @param notBefore whole seconds
 * @param subject a distinguished name as RFC 4514 writes it, such as {@code CN=Root,O=Acme,C=DE}
 * @param key the subject's public key
 */
public record AuthorityTemplate(
    CertificateSerial serial, Instant notBefore, String subject, SubjectPublicKey key) {

  /** Longest distinguished name in characters. */
  public static final int MAX_NAME = 256;

  public AuthorityTemplate {
    if (serial.isPlace()) {
      throw new IllegalArgumentException("an authority's serial is no place in a log");
    }
    if (notBefore.getNano() != 0) {
      throw new IllegalArgumentException("a date with a fraction of a second");
    }
    checkName(subject);
  }

  /** Refuses what is no distinguished name that an authority may have. */
  public static void checkName(String subject) {
    if (subject.isBlank() || subject.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a distinguished name has 1 to " + MAX_NAME + " characters");
    }
    if (name(subject).getRDNs(RFC4519Style.cn).length != 1) {
      throw new IllegalArgumentException("a distinguished name here has one CN");
    }
  }

  /** What the root signs about itself. */
  public byte[] root(SignatureAlgorithm algorithm) {
    return encode(algorithm, name(subject), authority(key, new BasicConstraints(true)));
  }

  /**
   * What the root signs about an issuing authority, which no other may follow (path length 0).
   *
   * @param base where the root's certificate can be fetched
   */
  public byte[] issuing(IssuerCertificate root, SignatureAlgorithm algorithm, BaseUrl base) {
    SubjectPublicKey rootKey = root.publicKey();
    ExtensionsGenerator extensions = authority(rootKey, new BasicConstraints(0));
    GeneralName address =
        new GeneralName(
            GeneralName.uniformResourceIdentifier, base.issuer(rootKey.keyIdentifier()));
    add(
        extensions,
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, address));
    return encode(algorithm, X500Name.getInstance(root.subject().bytes()), extensions);
  }

  /** What a client signs about itself; relying parties pin the key and ignore the dates. */
  public byte[] client(SignatureAlgorithm algorithm) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    add(extensions, Extension.basicConstraints, true, new BasicConstraints(false));
    add(extensions, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(
        extensions,
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    add(
        extensions,
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(key.keyIdentifier()));
    return encode(algorithm, name(subject), extensions);
  }

  /** The certificate of signed octets. */
  public static byte[] certificate(byte[] tbs, SignatureAlgorithm algorithm, byte[] signature) {
    DerOutput out = new DerOutput(tbs.length + signature.length + 64);
    out.put(signature).put(new byte[1]).wrap(0x03, 0);
    return out.put(algorithm.identifier()).put(tbs).wrap(0x30, 0).toByteArray();
  }

  private ExtensionsGenerator authority(SubjectPublicKey issuerKey, BasicConstraints constraints) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    add(extensions, Extension.basicConstraints, true, constraints);
    add(
        extensions,
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    add(
        extensions,
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(key.keyIdentifier()));
    add(
        extensions,
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuerKey.keyIdentifier()));
    return extensions;
  }

  private byte[] encode(
      SignatureAlgorithm algorithm, X500Name issuer, ExtensionsGenerator extensions) {
    V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
    body.setSerialNumber(new ASN1Integer(serial.value()));
    body.setSignature(AlgorithmIdentifier.getInstance(algorithm.identifier()));
    body.setIssuer(issuer);
    body.setStartDate(new Time(Date.from(notBefore), Locale.ROOT));
    body.setEndDate(new Time(new ASN1GeneralizedTime("99991231235959Z")));
    body.setSubject(name(subject));
    body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.der()));
    body.setExtensions(extensions.generate());
    try {
      return body.generateTBSCertificate().getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalArgumentException("the certificate cannot be encoded", e);
    }
  }

  private static X500Name name(String text) {
    return new X500Name(RFC4519Style.INSTANCE, text);
  }

  private static void add(
      ExtensionsGenerator extensions,
      ASN1ObjectIdentifier oid,
      boolean critical,
      ASN1Encodable value) {
    try {
      extensions.addExtension(oid, critical, value);
    } catch (IOException e) {
      throw new IllegalArgumentException("extension " + oid + " cannot be encoded", e);
    }
  }
}
