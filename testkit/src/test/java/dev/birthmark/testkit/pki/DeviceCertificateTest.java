package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceCertificateTest {
  private static final TestPki PKI = TestPki.of("reader");

  @Test
  void readsWhatTheTemplateWrote() throws Exception {
    DeviceCertificate certificate = PKI.issue("SN-7", 9);
    assertThat(certificate.deviceId()).contains(new DeviceId("SN-7"));
    assertThat(certificate.serial()).isEqualTo(PKI.serial(9));
    assertThat(certificate.issuer()).isEqualTo(PKI.issuer().subject());
    assertThat(certificate.authorityKeyIdentifier()).isEqualTo(PKI.issuer().subjectKeyIdentifier());
    assertThat(certificate.subjectKeyIdentifier().orElseThrow().bytes())
        .isEqualTo(certificate.publicKey().keyIdentifier());
    assertThat(certificate.uris()).containsExactly(TestPki.BASE.device(new DeviceId("SN-7")));
    assertThat(certificate.extendedKeyUsages())
        .containsExactly(DeviceCertificate.CLIENT_AUTHENTICATION);
    assertThat(certificate.isForSigningOnly()).isTrue();
    assertThat(certificate.faultAsDevice()).isEmpty();
    assertThat(certificate.notBefore()).isEqualTo(TestPki.NOW.minus(TestPki.BACKDATING));
    assertThat(certificate.notAfter()).isEqualTo(CertificateTemplate.NO_EXPIRY);
    assertThat(certificate.signatureAlgorithm()).contains(PKI.issuerKey().algorithm());
    assertThat(certificate.fingerprint()).isEqualTo(Sha256.of(certificate.der()));
    assertThat(DeviceCertificate.parse(certificate.der())).isEqualTo(certificate);
    assertThat(certificate.isSignedBy(PKI.issuerKey().publicKey(), TestPki.verifier())).isTrue();
  }

  static List<TestChains.Leaf> badLeaves() {
    return TestChains.badLeaves(PKI);
  }

  @ParameterizedTest
  @MethodSource("badLeaves")
  void tellsMalformedOnesFromThoseThatAreOnlyWrong(TestChains.Leaf leaf) throws Exception {
    if (leaf.expected().equals("malformed")) {
      assertThatThrownBy(() -> DeviceCertificate.parse(leaf.der()))
          .isInstanceOf(MalformedCertificateException.class);
      return;
    }
    DeviceCertificate certificate = DeviceCertificate.parse(leaf.der());
    boolean signed = certificate.isSignedBy(PKI.issuerKey().publicKey(), TestPki.verifier());
    String found =
        certificate.signatureAlgorithm().isEmpty()
            ? "weak-signature"
            : certificate.faultAsDevice().isPresent()
                ? "not-a-device-certificate"
                : !signed
                    ? "bad-signature"
                    : certificate.notAfter().isBefore(TestPki.NOW)
                        ? "expired"
                        : certificate.notBefore().isAfter(TestPki.NOW) ? "not-yet-valid" : "good";
    assertThat(found).isEqualTo(leaf.expected());
  }

  @Test
  void namesThePartThatIsMalformed() {
    assertThat(part(PKI.forge().version(1).der())).isEqualTo("version");
    assertThat(part(PKI.forge().serial(new byte[1]).der())).isEqualTo("serialNumber");
    assertThat(part(PKI.forge().notAfter(0x17, "280230000000Z").der())).isEqualTo("validity");
    assertThat(part(PKI.forge().extension(CertificateForge.PURPOSES, false, "3000").der()))
        .isEqualTo("extensions");
    assertThat(part(new byte[0])).isEqualTo("certificate");
    assertThat(part(new byte[70_000])).isEqualTo("certificate");
  }

  @Test
  void takesDevicesOfOthersThatSayLess() throws Exception {
    byte[] silent =
        PKI.forge().without(CertificateForge.PURPOSES).without(CertificateForge.KEY_USAGE).der();
    assertThat(DeviceCertificate.parse(silent).faultAsDevice()).isEmpty();
    DeviceCertificate nameless = DeviceCertificate.parse(PKI.forge().withoutSubject("x").der());
    assertThat(nameless.faultAsDevice()).isEmpty();
    assertThat(nameless.deviceId()).isEmpty();
    assertThat(nameless.uris()).hasSize(1);
  }

  @Test
  void findsADeviceIdOnlyInTheExactSubject() throws Exception {
    byte[] serialNumberOnly =
        Tlv.sequence(Tlv.set(Tlv.sequence(Tlv.hex("0603550405"), Tlv.text(0x13, "a"))));
    byte[] name = PKI.issuer().subject().bytes();
    assertThat(DeviceCertificate.parse(PKI.forge().names(name, serialNumberOnly).der()).deviceId())
        .isEmpty();
    assertThat(DeviceCertificate.parse(PKI.forge().device("a..b").der()).deviceId()).isEmpty();
  }

  @Test
  void readsAuthoritiesOnlyAsAuthorities() throws Exception {
    IssuerCertificate issuer = IssuerCertificate.parse(PKI.issuer().der());
    assertThat(issuer.pathLength()).hasValue(0);
    assertThat(issuer.issuer()).isEqualTo(PKI.root().subject());
    assertThat(issuer.notAfter()).isEqualTo(CertificateTemplate.NO_EXPIRY);
    assertThat(issuer.isSelfSigned(TestPki.verifier())).isFalse();
    assertThat(PKI.root().pathLength()).isEmpty();
    assertThatThrownBy(() -> IssuerCertificate.parse(PKI.issue("a", 1).der()))
        .isInstanceOf(MalformedCertificateException.class)
        .hasMessageContaining("no authority");
    assertThat(DeviceCertificate.parse(PKI.issuer().der()).faultAsDevice()).isPresent();
  }

  @Test
  void readsALargeChainOfStrangersWithoutPathBuilding() {
    for (byte[] der : TestChains.crossCertified(PKI)) {
      assertThat(catchThrowable(() -> DeviceCertificate.parse(der))).isNull();
    }
  }

  private static String part(byte[] der) {
    Throwable thrown = catchThrowable(() -> DeviceCertificate.parse(der));
    return ((MalformedCertificateException) thrown).part();
  }
}
