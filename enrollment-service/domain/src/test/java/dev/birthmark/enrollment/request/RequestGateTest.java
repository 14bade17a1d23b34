package dev.birthmark.enrollment.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestKeys;
import dev.birthmark.testkit.pki.TestPki;
import dev.birthmark.testkit.pki.TestRequests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGateTest {
  private final InMemoryBlockedKeys blocked = new InMemoryBlockedKeys();
  private final RequestGate gate =
      new RequestGate(EnumSet.allOf(KeyAlgorithm.class), blocked, TestPki.verifier());

  static List<TestRequests.Good> good() {
    return TestRequests.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void letsEveryGoodRequestPass(TestRequests.Good good) {
    assertThat(judge("device-1", good.body())).isInstanceOf(GateOutcome.Accepted.class);
  }

  static List<TestRequests.Bad> bad() {
    // Nothing in UTF-16 gets through as text; the reader of requests is tested with its octets.
    return TestRequests.bad().stream().filter(bad -> !bad.name().startsWith("UTF-16")).toList();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesEveryBadRequestWithItsReasonAndPart(TestRequests.Bad bad) {
    GateOutcome.Refused refused = refused(judge("device-1", bad.body()));
    assertThat(refused.reason()).isEqualTo(bad.reason());
    assertThat(refused.detail()).contains(bad.says());
    assertThat(refused.part()).isNotBlank();
  }

  static List<TestKeys.Bad> badKeys() {
    // Those that can be read fail at the signature that nobody can make; their gate is tested
    // alone.
    return TestKeys.bad().stream()
        .filter(bad -> !bad.reason().equals("key-weak") && bad.der()[0] == 0x30)
        .filter(bad -> !bad.name().startsWith("octets after"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void refusesEveryBadKey(TestKeys.Bad bad) {
    assertThat(refused(judge("device-1", TestRequests.unsigned(bad.der()))).reason())
        .isEqualTo(bad.reason());
  }

  @Test
  void blocksAKeyWhosePrivateHalfWasSent() {
    TestKey key = TestKey.p256(7);
    String both =
        TestRequests.pem(key) + TestRequests.pem("PRIVATE KEY", key.privateKey().getEncoded());
    assertThat(refused(judge("not an id", both)).reason()).isEqualTo("private-key-in-request");
    assertThat(refused(judge("device-1", TestRequests.pem(key))).reason()).isEqualTo("key-blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a%2Fb", "a;v=1", "a\0b", "\ud800", "café"})
  void refusesWhatIsNoDeviceId(String id) {
    GateOutcome.Refused refused = refused(judge(id, TestRequests.pem(TestKey.p256(1))));
    assertThat(refused.reason()).isEqualTo("device-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a\0b", "\ud800"})
  void refusesWhatCanBeNoOrdersIdBeforeItMeetsAGroup(String order) {
    String request = TestRequests.pem(TestKey.p256(1));
    GateOutcome outcome =
        gate.judge(new EnrollmentRequest("device-1", order, request, ""), "line-1");
    assertThat(refused(outcome).reason()).isEqualTo("order-unknown");
  }

  @Test
  void saysWhatOfTheRequestHasNoEffect() {
    byte[] der =
        TestRequests.good().stream()
            .filter(good -> good.name().equals("several attributes"))
            .findFirst()
            .orElseThrow()
            .body();
    assertThat(judge("device-1", der))
        .isInstanceOfSatisfying(
            GateOutcome.Accepted.class,
            accepted ->
                assertThat(accepted.ignored())
                    .containsExactly("challengePassword", "extensionRequest"));
  }

  /** As text, as every entrance of this service gets requests; DER becomes base64. */
  private GateOutcome judge(String id, byte[] body) {
    boolean der = body.length > 0 && body[0] == 0x30 && hasOctetsThatNoTextHas(body);
    return judge(
        id,
        der ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8));
  }

  private static boolean hasOctetsThatNoTextHas(byte[] body) {
    for (byte octet : body) {
      if (octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
        return true;
      }
    }
    return false;
  }

  private GateOutcome judge(String id, String body) {
    return gate.judge(new EnrollmentRequest(id, "order-1", body, "station-1"), "line-1");
  }

  private static GateOutcome.Refused refused(GateOutcome outcome) {
    assertThat(outcome).isInstanceOf(GateOutcome.Refused.class);
    return (GateOutcome.Refused) outcome;
  }
}
