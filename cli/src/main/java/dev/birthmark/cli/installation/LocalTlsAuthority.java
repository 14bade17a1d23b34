package dev.birthmark.cli.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The CA of the TLS certificates with which the two services of an installation show themselves to
 * their clients. It has nothing to do with the devices' CA.
 */
final class LocalTlsAuthority {

  private static final X500Name NAME = new X500Name("CN=Birthmark local TLS root");
  private static final Duration ROOT_LIFE = Duration.ofDays(3650);
  private static final Duration SERVER_LIFE = Duration.ofDays(397);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final int SERIAL_BITS = 120;

  private final Home home;
  private final SecureRandom random;
  private final InstantSource clock;

  LocalTlsAuthority(Home home, SecureRandom random, InstantSource clock) {
    this.home = home;
    this.random = random;
    this.clock = clock;
  }

  /** Makes the CA. */
  void create() {
    KeyPair pair = ellipticPair();
    try {
      JcaX509v3CertificateBuilder builder = builder(pair, NAME, ROOT_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      LocalKeys.privateKey(keyFile(), pair);
      PrivateFiles.open(home.tlsRoot(), certificate(builder, pair.getPrivate()));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the certificates of both services, where they are missing or end within thirty days. */
  void issueWhereNeeded() {
    for (ServiceName service : ServiceName.values()) {
      Path file = home.service(service).resolve("tls.pem");
      if (!isGoodFor(file, RENEW_BEFORE)) {
        issue(service, file);
      }
    }
  }

  private void issue(ServiceName service, Path file) {
    KeyPair pair = ellipticPair();
    try {
      JcaX509v3CertificateBuilder builder =
          builder(pair, new X500Name("CN=birthmark " + service.directory()), SERVER_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names().toArray(new GeneralName[0])));
      LocalKeys.privateKey(home.service(service).resolve("tls-key.pem"), pair);
      PrivateFiles.open(file, certificate(builder, readKey()));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JcaX509v3CertificateBuilder builder(KeyPair pair, X500Name subject, Duration life)
      throws CertIOException {
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(now.minus(Duration.ofMinutes(5))),
            Date.from(now.plus(life)),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return builder;
  }

  private static List<GeneralName> names() {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
          && !host.equals("localhost")) {
        names.add(new GeneralName(GeneralName.dNSName, host));
      }
    } catch (UnknownHostException e) {
      // a machine without a name of its own is reached as localhost
    }
    return names;
  }

  private static String certificate(JcaX509v3CertificateBuilder builder, PrivateKey key) {
    try {
      byte[] der =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).getEncoded();
      return PrivateFiles.pem("CERTIFICATE", der);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isGoodFor(Path file, Duration time) {
    if (!Files.exists(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(time));
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private PrivateKey readKey() {
    try {
      String body = Files.readString(keyFile()).replaceAll("-----[A-Z ]+-----", "");
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    } catch (IOException | GeneralSecurityException e) {
      throw new InstallationException("cannot read the TLS root's key " + keyFile(), e);
    }
  }

  private Path keyFile() {
    return home.operator().resolve("tls-root-key.pem");
  }

  private static KeyPair ellipticPair() {
    return LocalKeys.pair("EC", new ECGenParameterSpec("secp256r1"));
  }
}
