package dev.birthmark.identity.server.mtls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Certificates for the listener's tests, which are about TLS: whom to admit is said by each test.
 */
final class Chains {
  private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final Date TO = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

  private final KeyPair issuerKey = keyPair();
  private final X509Certificate issuer =
      certificate("CN=Issuer", issuerKey, "CN=Issuer", issuerKey);

  /** A certificate chain with its key, leaf first. */
  record Holder(PrivateKey key, List<X509Certificate> chain) {
    Path write(Path directory, String name) {
      try {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
          pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(
            directory.resolve(name + "-key.pem"), pem("PRIVATE KEY", key.getEncoded()));
        return Files.writeString(directory.resolve(name + ".pem"), pem);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  X509Certificate issuer() {
    return issuer;
  }

  Holder holder(String commonName) {
    KeyPair key = keyPair();
    return new Holder(
        key.getPrivate(),
        List.of(certificate("CN=" + commonName, key, "CN=Issuer", issuerKey), issuer));
  }

  /** A leaf and many certificates of the same names and keys that sign each other. */
  Holder crossCertified(int certificates) {
    Holder leaf = holder("crossed");
    List<X509Certificate> chain = new java.util.ArrayList<>();
    chain.add(leaf.chain().getFirst());
    while (chain.size() < certificates) {
      chain.add(certificate("CN=Issuer", issuerKey, "CN=Issuer", issuerKey));
    }
    return new Holder(leaf.key(), chain);
  }

  private static long serial = 1;

  private static X509Certificate certificate(
      String subject, KeyPair key, String issuer, KeyPair issuerKey) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name(issuer),
              BigInteger.valueOf(serial++),
              FROM,
              TO,
              new X500Name(subject),
              key.getPublic());
      if (subject.equals(issuer)) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      } else {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    } catch (IOException | OperatorException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String type, byte[] der) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
