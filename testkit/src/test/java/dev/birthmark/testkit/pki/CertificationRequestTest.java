package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.birthmark.credential.pkix.CertificationRequest;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.RequestRefusal;
import dev.birthmark.credential.pkix.RequestRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificationRequestTest {

  static List<TestRequests.Good> good() {
    return TestRequests.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void takesEveryFormThatDevicesSend(TestRequests.Good good) throws Exception {
    CertificationRequest request = CertificationRequest.read(good.body());
    assertThat(request.provesPossession(TestPki.verifier())).isTrue();
    assertThat(new PKCS10CertificationRequest(request.der()).getSubjectPublicKeyInfo().getEncoded())
        .isEqualTo(request.publicKey().der());
  }

  static List<TestRequests.Bad> bad() {
    return TestRequests.bad();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesEveryOtherAndSaysWhy(TestRequests.Bad bad) throws Exception {
    if (bad.reason().equals("proof-of-possession")) {
      CertificationRequest request = CertificationRequest.read(bad.body());
      assertThat(request.provesPossession(TestPki.verifier())).isFalse();
      assertThat(request.hasWellFormedSignature()).isEqualTo(!bad.says().equals("encoding"));
      return;
    }
    RequestRefusedException refusal =
        catchThrowableOfType(
            RequestRefusedException.class, () -> CertificationRequest.read(bad.body()));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason().code()).isEqualTo(bad.reason());
    assertThat(refusal.detail()).contains(bad.says());
  }

  @Test
  void listsWhatItIgnores() throws Exception {
    byte[] several =
        TestRequests.good().stream()
            .filter(good -> good.name().equals("several attributes"))
            .findFirst()
            .orElseThrow()
            .body();
    assertThat(CertificationRequest.read(several).ignored())
        .containsExactly("challengePassword", "extensionRequest");
  }

  @ParameterizedTest
  @EnumSource
  void findsThePublicHalfOfAPrivateKeyThatWasSent(KeyAlgorithm kind) {
    TestKey key = TestKey.of(kind, 1);
    RequestRefusedException refusal = refusal(key.privateKey().getEncoded());
    assertThat(refusal.reason()).isEqualTo(RequestRefusal.PRIVATE_KEY);
    assertThat(refusal.exposedKey()).contains(key.publicKey());
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA"})
  void findsItInTheOlderFormsToo(KeyAlgorithm kind) throws Exception {
    TestKey key = TestKey.of(kind, 1);
    byte[] traditional =
        PrivateKeyInfo.getInstance(key.privateKey().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    String label = kind == KeyAlgorithm.RSA ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
    String pem = TestRequests.pem(label, traditional);
    RequestRefusedException refusal = refusal(pem.getBytes(StandardCharsets.US_ASCII));
    assertThat(refusal.reason()).isEqualTo(RequestRefusal.PRIVATE_KEY);
    if (kind == KeyAlgorithm.RSA) {
      assertThat(refusal.exposedKey()).contains(key.publicKey());
    }
  }

  @Test
  void findsAKeyBesideTheRequest() {
    TestKey key = TestKey.p256(3);
    String both =
        TestRequests.pem(TestKey.p256(4))
            + TestRequests.pem("PRIVATE KEY", key.privateKey().getEncoded());
    assertThat(refusal(both.getBytes(StandardCharsets.US_ASCII)).exposedKey())
        .contains(key.publicKey());
  }

  static List<TestKeys.Bad> badKeys() {
    return TestKeys.bad().stream().filter(bad -> !bad.reason().equals("key-weak")).toList();
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void refusesRequestsForKeysThatAreNotTaken(TestKeys.Bad bad) {
    Throwable thrown =
        catchThrowable(() -> CertificationRequest.read(TestRequests.unsigned(bad.der())));
    if (thrown instanceof KeyRefusedException refused) {
      assertThat(refused.reason().code()).isEqualTo(bad.reason());
    } else {
      // Where the key is no DER at all, the request is none either.
      assertThat(thrown).isInstanceOf(RequestRefusedException.class);
      assertThat(bad.reason()).isEqualTo("key-encoding");
    }
  }

  private static RequestRefusedException refusal(byte[] body) {
    return catchThrowableOfType(
        RequestRefusedException.class, () -> CertificationRequest.read(body));
  }
}
