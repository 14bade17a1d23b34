package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTemplateTest {
  private final TestPki pki = TestPki.of("template");

  @Test
  void saysWhatTheArchitectureAsksForAsTheJdkReadsIt() throws Exception {
    long index = 131_073;
    X509Certificate certificate =
        jdk(pki.issue("SN-0001:a", index, TestKey.p256(1), TestPki.NOW).der());
    certificate.verify(pki.issuerKey().keyPair().getPublic());

    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSerialNumber()).isEqualTo(pki.serial(index).value());
    assertThat(
            certificate
                .getSubjectX500Principal()
                .getName("RFC2253", Map.of("2.5.4.5", "serialNumber")))
        .isEqualTo("CN=SN-0001:a,serialNumber=SN-0001:a");
    assertThat(certificate.getIssuerX500Principal().getEncoded())
        .isEqualTo(pki.issuer().subject().bytes());
    assertThat(certificate.getNotBefore().toInstant())
        .isEqualTo(TestPki.NOW.minus(Duration.ofMinutes(5)));
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactly(DeviceCertificate.CLIENT_AUTHENTICATION);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "http://id.example.test/devices/SN-0001:a"));
  }

  @Test
  void namesKeysAndAddressesAsBouncyCastleReadsThem() throws Exception {
    X509CertificateHolder certificate =
        new X509CertificateHolder(pki.issue("SN-2", 131_073, TestKey.p256(2), TestPki.NOW).der());
    assertThat(holds(certificate.getEncoded(), pki.issuerKey())).isTrue();
    assertThat(SubjectKeyIdentifier.fromExtensions(certificate.getExtensions()).getKeyIdentifier())
        .isEqualTo(TestKey.p256(2).publicKey().keyIdentifier());
    String issuer = HexFormat.of().formatHex(pki.issuerKey().publicKey().keyIdentifier());
    String access =
        certificate.getExtension(Extension.authorityInfoAccess).getParsedValue().toString();
    assertThat(access).contains(hex("http://id.example.test/issuers/" + issuer + ".cer"));
    assertThat(access).contains(hex("http://id.example.test/ocsp"));
    CRLDistPoint points = CRLDistPoint.fromExtensions(certificate.getExtensions());
    assertThat(points.getDistributionPoints()).hasSize(1);
    assertThat(points.toString())
        .contains("http://id.example.test/crl/" + issuer + "/" + pki.logId().hex() + "/2.crl");
  }

  private static boolean holds(byte[] der, TestKey issuer) throws Exception {
    BouncyCastleProvider provider = new BouncyCastleProvider();
    SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(issuer.publicKey().der());
    return new X509CertificateHolder(der)
        .isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider(provider).build(key));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @EnumSource
  void bindsEveryKindOfKey(KeyAlgorithm kind) throws Exception {
    TestKey key = TestKey.of(kind, 1);
    DeviceCertificate certificate = pki.issue("k", 7, key, TestPki.NOW);
    assertThat(certificate.publicKey()).isEqualTo(key.publicKey());
    assertThat(jdk(certificate.der()).getPublicKey().getEncoded()).isEqualTo(key.publicKey().der());
  }

  @ParameterizedTest
  @EnumSource
  void isSignedByAuthoritiesOfEveryKind(KeyAlgorithm kind) throws Exception {
    TestPki site = TestPki.of("authorities", kind);
    DeviceCertificate certificate = site.issue("k", 7);
    assertThat(certificate.isSignedBy(site.issuerKey().publicKey(), TestPki.verifier())).isTrue();
    assertThat(certificate.isSignedBy(site.rootKey().publicKey(), TestPki.verifier())).isFalse();
    assertThat(site.issuer().isSignedBy(site.rootKey().publicKey(), TestPki.verifier())).isTrue();
    assertThat(site.root().isSelfSigned(TestPki.verifier())).isTrue();
    assertThat(holds(certificate.der(), site.issuerKey())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "Ed25519", "RSA"})
  void passesOpensslsStrictVerification(String kind, @TempDir Path directory) throws Exception {
    TestPki site = TestPki.of("openssl", KeyAlgorithm.fromLabel(kind));
    Path root = pem(directory.resolve("root.pem"), site.root().der());
    Path issuer = pem(directory.resolve("issuer.pem"), site.issuer().der());
    Path leaf = pem(directory.resolve("leaf.pem"), site.issue("openssl-1", 70_000).der());
    Process openssl;
    try {
      openssl =
          new ProcessBuilder(
                  "openssl",
                  "verify",
                  "-x509_strict",
                  "-attime",
                  Long.toString(TestPki.NOW.getEpochSecond()),
                  "-purpose",
                  "sslclient",
                  "-CAfile",
                  root.toString(),
                  "-untrusted",
                  issuer.toString(),
                  leaf.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "openssl is not here");
      return;
    }
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("leaf.pem: OK");
  }

  @Test
  void givesTheSameOctetsForTheSameArguments() {
    byte[] first = tbs(pki.template(), 5, "2026-11-25T00:00:00Z", "9999-12-31T23:59:59Z");
    byte[] second =
        tbs(TestPki.of("template").template(), 5, "2026-11-25T00:00:00Z", "9999-12-31T23:59:59Z");
    assertThat(first).isEqualTo(second);
  }

  @Test
  void leavesOutWhatAProfileLeavesOut() {
    CertificateTemplate bare =
        new CertificateTemplate(
            pki.issuer(),
            pki.issuerKey().algorithm(),
            TestPki.BASE,
            pki.logId().hex(),
            new CertificateContent(List.of(), false, false, false, false));
    byte[] tbs = tbs(bare, 5, "2026-11-25T00:00:00Z", "2030-01-01T00:00:00Z");
    X509Certificate certificate = jdk(bare.certificate(tbs, pki.issuerKey().sign(tbs)));
    assertThat(certificate.getCriticalExtensionOIDs()).containsExactly("2.5.29.15");
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "2028-02-29T01:02:03Z"})
  void writesDatesInTheFormThatTheirYearAsksFor(String notAfter) throws Exception {
    byte[] tbs = tbs(pki.template(), 5, "1999-12-31T23:59:59Z", notAfter);
    byte[] der = pki.template().certificate(tbs, pki.issuerKey().sign(tbs));
    DeviceCertificate certificate = DeviceCertificate.parse(der);
    assertThat(certificate.notBefore()).isEqualTo(Instant.parse("1999-12-31T23:59:59Z"));
    assertThat(certificate.notAfter()).isEqualTo(Instant.parse(notAfter));
    assertThat(jdk(der).getNotAfter().toInstant()).isEqualTo(Instant.parse(notAfter));
  }

  @Test
  void refusesAPlaceInAnotherLogAndDatesThatCannotBeWritten() {
    CertificateSerial foreign = CertificateSerial.of(pki.logId().serialBits() ^ 1, 5, 0);
    assertThatThrownBy(() ->
            pki.template()
                .tbs(
                    foreign,
                    new DeviceId("a"),
                    TestPki.NOW,
                    TestPki.NOW,
                    TestKey.p256(1).publicKey()))
        .hasMessageContaining("no place in this log");
    assertThatThrownBy(
            () -> tbs(pki.template(), 5, "2026-11-25T00:00:00.5Z", "2030-01-01T00:00:00Z"))
        .hasMessageContaining("fraction");
    assertThatThrownBy(() -> tbs(pki.template(), 5, "2026-11-25T00:00:00Z", "2026-11-24T00:00:00Z"))
        .hasMessageContaining("ends before");
  }

  private byte[] tbs(CertificateTemplate template, long index, String notBefore, String notAfter) {
    return template.tbs(
        pki.serial(index),
        new DeviceId("device-1"),
        Instant.parse(notBefore),
        Instant.parse(notAfter),
        TestKey.p256(1).publicKey());
  }

  private static X509Certificate jdk(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static Path pem(Path file, byte[] der) throws IOException {
    return Files.writeString(file, TestRequests.pem("CERTIFICATE", der));
  }
}
