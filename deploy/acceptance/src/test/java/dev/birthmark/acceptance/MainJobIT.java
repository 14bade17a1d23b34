package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.Feed;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.log.TlogProof;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Enroll at manufacture, authenticate at connection, withdraw trust: through public interfaces. */
class MainJobIT {
  private final Platform platform = Platform.shared();
  private final Enrollments enrollments = new Enrollments(platform.enrollment());

  @Test
  void aDeviceGetsATokenAtOnceThatIsBoundToItsCertificate() throws Exception {
    Device device = platform.enrollOne("at-once");
    assertThat(device.enrollment().path("registered").asBoolean()).isTrue();

    DeviceClient.Answered answered = answered(device.askForToken(platform));

    assertThat(answered.status()).isEqualTo(200);
    JsonNode token = Device.json(answered.body());
    SignedJWT jwt = SignedJWT.parse(token.path("access_token").asText());
    JWKSet keys = JWKSet.parse(platform.identity().text("/v1/tokens/jwks"));
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
    assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("at-once");
    assertThat(jwt.getJWTClaimsSet().getJSONObjectClaim("cnf"))
        .containsEntry(
            "x5t#S256",
            Base64.getUrlEncoder().withoutPadding().encodeToString(device.fingerprint().bytes()));
  }

  @Test
  void aBackendSeesTheDevicesFactsHoweverItAsks() {
    Device device = platform.enrollOne("facts");
    Changes changes = platform.changes();
    var chain = Platform.json();
    device.enrollment().path("chain").forEach(chain.putArray("chain")::add);
    var fingerprint = Platform.json().put("fingerprint", device.fingerprint().hex());

    for (JsonNode decision :
        List.of(
            changes.decide(device.certificate()),
            changes.decide(chain),
            changes.decide(fingerprint))) {
      assertThat(decision.path("decision").asText()).as("%s", decision).isEqualTo("allow");
      assertThat(decision.path("statusAsOf").asText()).isNotEmpty();
      JsonNode facts = decision.path("device");
      assertThat(facts.path("id").asText()).isEqualTo("facts");
      assertThat(facts.path("model").asText()).isEqualTo("thermostat-t7");
      assertThat(facts.path("lot").asText()).isEqualTo("lot-order-facts");
      assertThat(facts.path("order").asText()).isEqualTo("order-facts");
      assertThat(facts.path("site").asText()).isEqualTo("site-1");
      assertThat(facts.path("credential").path("fingerprint").asText())
          .isEqualTo(device.fingerprint().hex());
    }
  }

  @Test
  void oneKeyIsOneDeviceAndARetryGetsTheSameCertificate() {
    platform.order("keys", 5);
    Device device = platform.enroll("keys", "key-1");
    ServiceClient.Answer retry = enrollments.enroll("keys", row("key-1", device.key()));
    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.body().path("certificate").asText()).isEqualTo(device.certificate());
    assertThat(Platform.refusal(() -> enrollments.enroll("keys", row("key-2", device.key()))))
        .isEqualTo("409 key-in-use");
    assertThat(
            Platform.refusal(() -> enrollments.enroll("keys", row("key-1", DeviceKey.generate()))))
        .isEqualTo("409 device-enrolled");
    assertThat(enrollments.order("keys").path("issued").asInt()).isEqualTo(1);
  }

  @Test
  void theQuantityIsExactWhenAllComeAtOnce() throws Exception {
    platform.order("quota", 10);
    List<Callable<String>> attempts =
        IntStream.range(0, 24)
            .mapToObj(i ->
                (Callable<String>)
                    () ->
                        Platform.refusal(() ->
                            enrollments.enroll("quota", row("quota-" + i, DeviceKey.generate()))))
            .toList();
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      for (var outcome : threads.invokeAll(attempts)) {
        outcomes.add(outcome.get());
      }
    }
    assertThat(outcomes).filteredOn("not refused"::equals).hasSize(10);
    assertThat(outcomes).filteredOn("409 quota-exhausted"::equals).hasSize(14);
    JsonNode order = enrollments.order("quota");
    assertThat(order.path("issued").asInt()).isEqualTo(10);
    assertThat(order.path("remaining").asInt()).isZero();
    assertThat(order.path("refused").path("quota-exhausted").asInt()).isEqualTo(14);
  }

  @Test
  void aRevokedDeviceIsRefusedAtEveryDoor() throws Exception {
    Device device = platform.enrollOne("revoked");
    DeviceClient client = device.connecting(platform);
    try (DeviceClient.OpenConnection open = client.open("/me")) {
      assertThat(open.answered().status()).isEqualTo(200);
      assertThat(client.getResumed("/me").resumed()).isFalse();
      DeviceClient.Answered resumed = answered(client.getResumed("/me"));
      assertThat(resumed.resumed()).as("a session is resumed while all is well").isTrue();
      assertThat(resumed.status()).isEqualTo(200);

      JsonNode change = platform.change("revoke", "key-compromise", "deviceId", "revoked");

      assertThat(change.path("members").asInt()).isEqualTo(1);
      JsonNode decision = Platform.decide(device, platform.identity());
      assertThat(decision.path("decision").asText()).isEqualTo("deny");
      assertThat(Platform.word(decision)).isEqualTo("revoked");
      assertThat(decision.path("nextStep").asText()).isNotEmpty();
      // The exact alert is openssl's to see: here the request may meet a closed socket first.
      assertThat(client.getFull("/me")).isInstanceOf(DeviceClient.Refused.class);
      assertThat(refuses(client.getResumed("/me")))
          .as("the ticket of a revoked device opens nothing")
          .isTrue();
      assertThat(open.awaitClosed()).isTrue();
    }
    JsonNode shown = platform.identity().get("/v1/devices/revoked", Role.SECURITY);
    assertThat(shown.path("status").asText()).isEqualTo("revoked");
    assertThat(shown.path("timeline")).extracting(e -> e.path("event").asText()).contains("revoke");
    assertThat(Platform.refusal(() -> platform.change("restore", "", "deviceId", "revoked")))
        .isEqualTo("409 revoked-is-final");
  }

  @Test
  void aLotIsSuspendedAndLiftedAndRevokedEachInOneChange() {
    platform.order("lot", 60);
    List<Device> devices = platform.enrollAll("lot", "lot", 60);
    Device other = platform.enrollOne("other-lot");

    JsonNode hold = platform.change("suspend", "", "lot", Platform.lot("lot"));
    assertThat(hold.path("members").asInt()).isEqualTo(60);
    assertThat(devices).allSatisfy(d -> assertThat(platform.word(d)).isEqualTo("suspended"));
    assertThat(platform.word(other)).isEqualTo("allow");

    platform.change("restore", "", "change", hold.path("position").asText());
    assertThat(devices).allSatisfy(d -> assertThat(platform.word(d)).isEqualTo("allow"));

    JsonNode recall = platform.change("revoke", "recall", "lot", Platform.lot("lot"));
    assertThat(recall.path("members").asInt()).isEqualTo(60);
    assertThat(recall.path("number").asLong()).isEqualTo(hold.path("number").asLong() + 2);
    assertThat(devices).allSatisfy(d -> assertThat(platform.word(d)).isEqualTo("revoked"));
    assertThat(platform.word(other)).isEqualTo("allow");
  }

  @Test
  void whatIsRecalledIsNotIssuedAnyMore() {
    platform.order("recalled", 10_000);
    platform.enroll("recalled", "recalled-0");
    platform.change("revoke", "recall", "lot", Platform.lot("recalled"));
    // The site hears of it through the feed; what it issues before is withdrawn as it arrives.
    List<Device> late = new ArrayList<>();
    Waiting.until(
        "the site refuses the recalled lot",
        () ->
            Platform.refusal(
                    () -> late.add(platform.enroll("recalled", "recalled-" + (late.size() + 1))))
                .equals("409 recalled"));
    assertThat(late).allSatisfy(d -> assertThat(platform.word(d)).isEqualTo("revoked"));
  }

  @Test
  void theSameRequestAgainIsTheSameChange() {
    platform.enrollOne("again");
    String key = UUID.randomUUID().toString();
    var selector = Platform.json().put("deviceId", "again");
    ServiceClient.Answer first = platform.changes().make("suspend", "", selector, key);
    ServiceClient.Answer second = platform.changes().make("suspend", "", selector, key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(Platform.refusal(() -> platform.changes().make("revoke", "", selector, key)))
        .isEqualTo("409 idempotency-key-reused");
  }

  @Test
  void theFeedIsOneChainAndKnowsWhoHasAppliedWhat() throws Exception {
    platform.enrollOne("followed");
    Feed feed = new Feed(platform.identity(), "acceptance-consumer");
    feed.register();
    JsonNode change = platform.change("suspend", "", "deviceId", "followed");
    List<JsonNode> changes;
    try (Stream<JsonNode> all = feed.after("", false)) {
      changes = all.toList();
    }
    EncodedChange before = null;
    for (JsonNode one : changes) {
      EncodedChange encoded =
          EncodedChange.parse(Base64.getDecoder().decode(one.path("der").asText()));
      assertThat(before == null ? encoded.isFirst() : encoded.follows(before)).isTrue();
      before = encoded;
    }
    JsonNode mine =
        changes.stream()
            .filter(c -> c.path("position").equals(change.path("position")))
            .findFirst()
            .orElseThrow();
    feed.acknowledge(mine);
    JsonNode reach = platform.changes().reach(change.path("position").asText());
    assertThat(reach.path("consumers"))
        .filteredOn(c -> c.path("name").asText().equals("acceptance-consumer"))
        .singleElement()
        .satisfies(c -> assertThat(c.path("reached").asBoolean()).isTrue());
    assertThat(reach.path("consumers"))
        .filteredOn(c -> c.path("kind").asText().equals("replica"))
        .isNotEmpty();
  }

  @Test
  void theLogHasOnlyGrownAndHoldsWhatWasAnswered() throws Exception {
    LogEvidence evidence = platform.evidence();
    Device first = platform.enrollOne("log-1");
    LogEvidence.Signed earlier = evidence.siteCheckpoint();
    platform.order("log-2", 30);
    List<Device> devices = new ArrayList<>(platform.enrollAll("log-2", "log-2", 30));
    devices.add(first);
    LogEvidence.Signed last = evidence.siteCheckpoint();

    evidence.consistent(earlier, last);
    evidence.consistent(evidence.cosignedCheckpoint(), last);
    for (Device device : devices) {
      evidence.included(device.index(), device.fingerprint(), last);
      TlogProof proof = TlogProof.parse(device.enrollment().path("proof").asText());
      assertThat(proof.text()).isEqualTo(device.enrollment().path("proof").asText());
      evidence.consistent(evidence.verified(proof.checkpoint().encode()), last);
    }
  }

  private static Enrollments.Row row(String id, DeviceKey key) {
    return new Enrollments.Row(id, key.requestBase64(id));
  }

  private static DeviceClient.Answered answered(DeviceClient.Outcome outcome) {
    assertThat(outcome).isInstanceOf(DeviceClient.Answered.class);
    return (DeviceClient.Answered) outcome;
  }

  private static boolean refuses(DeviceClient.Outcome outcome) {
    return switch (outcome) {
      case DeviceClient.Refused refused -> true;
      case DeviceClient.Answered answered -> answered.status() == 403;
    };
  }
}
