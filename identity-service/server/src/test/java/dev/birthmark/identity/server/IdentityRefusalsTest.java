package dev.birthmark.identity.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service refuses, to whom, and in which words. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class IdentityRefusalsTest {

  private static final String KEY = "Idempotency-Key";

  @Inject HttpServer server;

  @ParameterizedTest
  @CsvSource({
    "backend,  GET,  /v1/alarms",
    "factory,  GET,  /v1/devices",
    "security, GET,  /v1/sites",
    "factory,  GET,  /v1/changes?wait=false",
    "site,     GET,  /v1/changes?wait=false",
    "backend,  GET,  /v1/changes/0:1/reach",
    "backend,  GET,  /v1/logs/0011223344556677/entries",
    "security, POST, /v1/decisions",
    "security, POST, /v1/decisions/batch",
    "backend,  POST, /v1/changes",
    "factory,  POST, /v1/consumers",
    "security, POST, /v1/sites",
    "security, POST, /v1/sites/x/reopen",
    "admin,    POST, /v1/logs/0011223344556677?from=0",
    "site,     POST, /v1/logs/0011223344556677?from=0",
  })
  void theWrongRoleIsForbidden(String role, String method, String path) {
    assertProblem(call(as(role), method, path), 403, "forbidden");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /v1/alarms",
    "GET,  /v1/devices",
    "GET,  /v1/changes",
    "GET,  /v1/logs/0011223344556677",
    "POST, /v1/decisions",
    "POST, /v1/decisions/batch",
    "POST, /v1/changes",
    "POST, /v1/consumers",
    "POST, /v1/sites",
    "POST, /v1/logs/0011223344556677?from=0",
  })
  void nobodyIsServedWithoutATokenForThisService(String method, String path) {
    Api nobody = Api.withToken(server.getSecurePort(), "");
    Api other =
        Api.withToken(
            server.getSecurePort(),
            Api.token(TestSite.TENANT, "birthmark-enrollment", "party", "admin", "backend"));
    Api stranger = Api.of(server.getSecurePort(), new TestSite("never-registered"));
    assertProblem(call(nobody, method, path), 401, "unauthenticated");
    assertProblem(call(other, method, path), 401, "unauthenticated");
    assertProblem(call(stranger, method, path), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"certificate\":\"a\",\"fingerprint\":\"b\"}",
        "{\"fingerprint\":\"abc\"}",
        "{\"chain\":[null]}",
        "{\"fingerprint\":null}",
      })
  void aQuestionNamesOneThing(String question) {
    assertProblem(as("backend").post("/v1/decisions", question), 400, "question");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"fingerprint\":\"a\",\"fingerprint\":\"b\"}",
        "{\"fingerprint\":\"a\",\"more\":1}",
        "{\"chain\":\"a\"}",
        "{\"connection\":{\"address\":1}}",
      })
  void aQuestionIsReadStrictly(String question) {
    assertProblem(as("backend").post("/v1/decisions", question), 400, "malformed");
  }

  @Test
  void whatAStrangerPresentsIsDecidedAndNeverFails() {
    ObjectNode question = Api.JSON.createObjectNode();
    ArrayNode chain = question.putArray("chain");
    chain.add("no certificate at all, not even base64: ä");
    assertThat(decide(question)).isEqualTo("malformed");
    for (int i = 0; i < 8; i++) {
      chain.add("AAAA");
    }
    assertThat(decide(question)).isEqualTo("chain-too-long");
    chain.removeAll();
    chain.add(Base64.getEncoder().encodeToString(new byte[70_000]));
    assertThat(decide(question)).isEqualTo("too-large");
    chain.removeAll();
    assertThat(decide(question)).isEqualTo("malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"revoke\",\"selector\":{\"lot\":\"l\",\"lot\":\"m\"}} | malformed",
        "{\"kind\":\"forget\",\"selector\":{\"lot\":\"l\"}} | malformed",
        "{\"selector\":{\"lot\":\"l\"}} | malformed",
        "{\"kind\":\"revoke\",\"reason\":\"whim\",\"selector\":{\"lot\":\"l\"}} | malformed",
        "{\"kind\":\"revoke\",\"selector\":{\"colour\":\"red\"}} | selector",
        "{\"kind\":\"revoke\",\"selector\":{\"lot\":null}} | selector",
        "{\"kind\":\"revoke\",\"selector\":{\"serial\":\"xyz\"}} | selector",
        "{\"kind\":\"revoke\",\"selector\":{}} | selector-refused",
        "{\"kind\":\"revoke\"} | selector-refused",
        "{\"kind\":\"undo\",\"selector\":{\"lot\":\"l\"}} | kind-refused",
        "{\"kind\":\"restore\",\"selector\":{\"lot\":\"l\"}} | restore-needs-change",
      })
  void aChangeSaysWhatItIs(String change, String reason) {
    assertProblem(
        as("security").post("/v1/changes", change, KEY, "refused-" + change.hashCode()),
        400,
        reason);
  }

  @Test
  void aChangeHasAKeyOfItsOwn() {
    String change = "{\"kind\":\"suspend\",\"selector\":{\"lot\":\"keyed\"}}";
    String other = "{\"kind\":\"suspend\",\"selector\":{\"lot\":\"other\"}}";
    Api security = as("security");
    assertProblem(security.post("/v1/changes", change), 400, "idempotency-key");
    assertProblem(security.post("/v1/changes", change, KEY, "a b"), 400, "idempotency-key");
    assertThat(security.post("/v1/changes", change, KEY, "one").status()).isEqualTo(201);
    assertProblem(security.post("/v1/changes", other, KEY, "one"), 409, "idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/devices?cursor=%00,            400, malformed-cursor",
    "/v1/devices?limit=0,               400, malformed",
    "/v1/devices?limit=many,            400, malformed",
    "/v1/devices?status=unwell,         400, malformed",
    "/v1/devices?lot=%00,               400, malformed",
    "/v1/devices/..,                    404, not-found",
    "/v1/devices/a..b,                  400, malformed",
    "/v1/devices/nobody,                404, device-unknown",
    "/v1/changes?after=yesterday,       400, malformed",
    "/v1/changes/yesterday/reach,       400, malformed-cursor",
    "/v1/changes/7:7/reach,             404, change-unknown",
    "/v1/logs/zz,                       404, log-unknown",
    "/v1/logs/0011223344556677,         404, log-unknown",
    "/v1/logs/0011223344556677/entries?from=-1, 400, malformed",
    "/v1/logs/0011223344556677/entries?from=x,  400, malformed",
    "/v1/logs/0011223344556677/checkpoint,      404, log-unknown",
    "/v1/nothing,                       404, not-found",
  })
  void whatCannotBeReadOrIsNotThereIsAProblem(String path, int status, String reason) {
    assertProblem(as("auditor", "security").get(path), status, reason);
  }

  @Test
  void aPositionBeyondTheFeedRaisesAnAlarm() {
    assertProblem(as("backend").get("/v1/changes?after=9:9"), 409, "position-beyond-head");
    assertThat(as("auditor").get("/v1/alarms").json().path("alarms").findValuesAsText("kind"))
        .contains("beyond-head");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"versions\":[1]} | consumer-name",
        "{\"name\":\"a b\",\"versions\":[1]} | consumer-name",
        "{\"name\":\"site:berlin\",\"versions\":[1]} | consumer-name",
        "{\"name\":\"replica:berlin\",\"versions\":[1]} | consumer-name",
        "{\"name\":\"a\"} | consumer-versions",
        "{\"name\":\"a\",\"versions\":[2]} | consumer-versions",
      })
  void aConsumerSaysWhoItIsAndWhatItReads(String consumer, String reason) {
    assertProblem(as("backend").post("/v1/consumers", consumer), 400, reason);
  }

  @Test
  void nobodyAcknowledgesWhatHeWasNotSentOrInAnothersName() {
    Api backend = as("backend");
    String position =
        as("security")
            .post("/v1/changes", "{\"kind\":\"suspend\",\"selector\":{\"lot\":\"a\"}}", KEY, "ack")
            .json()
            .path("position")
            .asText();
    String proof = "{\"position\":\"%s\",\"proof\":\"%s\"}".formatted(position, "00".repeat(32));
    backend.post("/v1/consumers", "{\"name\":\"mine\",\"versions\":[1]}");
    Api other =
        Api.withToken(
            server.getSecurePort(),
            Api.token(TestSite.TENANT, "birthmark-identity", "another", "backend"));

    assertProblem(backend.post("/v1/consumers/mine/acknowledgements", proof), 409, "proof-wrong");
    assertProblem(
        other.post("/v1/consumers/mine/acknowledgements", proof), 404, "consumer-unknown");
    assertProblem(
        other.post("/v1/consumers", "{\"name\":\"mine\",\"versions\":[1]}"),
        409,
        "consumer-name-taken");
  }

  @Test
  void anotherTenantFindsNothing() {
    TestSite site = new TestSite("cork");
    register(as("admin"), site.bundle(1));
    site.issue("cork-1");
    Api.of(server.getSecurePort(), site).push(site, 0);
    Api other =
        Api.withToken(
            server.getSecurePort(),
            Api.token(
                "other", "birthmark-identity", "party", "admin", "auditor", "security", "backend"));

    String log = "/v1/logs/" + site.pki().logId().hex();
    assertProblem(other.get("/v1/devices/cork-1"), 404, "device-unknown");
    assertThat(other.get("/v1/devices?prefix=cork").json().path("devices")).isEmpty();
    assertProblem(other.get(log), 404, "log-unknown");
    assertProblem(other.get(log + "/entries"), 404, "log-unknown");
    assertThat(other.get("/v1/sites").json().path("sites")).isEmpty();
    assertProblem(other.post("/v1/sites/cork/reopen", "{}"), 404, "site-unknown");
    assertProblem(register(other, site.bundle(2)), 403, "tenant-mismatch");
    assertThat(other.get("/v1/alarms").json().path("alarms")).isEmpty();
    assertThat(other.get("/v1/changes?wait=false").body()).isEmpty();
    assertThat(
            other
                .post(
                    "/v1/decisions",
                    "{\"fingerprint\":\"%s\"}"
                        .formatted(site.pki().issue("cork-1", 0).fingerprint().hex()))
                .json()
                .path("reason")
                .asText())
        .isEqualTo("unknown-credential");
  }

  @Test
  void aPushIsRefusedWhereItIsNotTheSitesOwn() {
    TestSite mine = new TestSite("lyon");
    TestSite other = new TestSite("nice");
    register(as("admin"), mine.bundle(1));
    register(as("admin"), other.bundle(1));
    mine.issue("lyon-1");
    Api site = Api.of(server.getSecurePort(), mine);
    String path = "/v1/logs/" + mine.pki().logId().hex();

    assertProblem(Api.of(server.getSecurePort(), other).push(mine, 0), 404, "foreign-log");
    assertProblem(
        site.push(
            mine, 0, mine.checkpoint(1, TestKey.of(KeyAlgorithm.ED25519, 5)), mine.bundleOf(0)),
        403,
        "bad-signature");
    assertProblem(
        site.push(mine, 0, mine.checkpoint(1), new byte[] {0, 9, 1}), 400, "push-malformed");
    String octets = "application/octet-stream";
    assertProblem(site.post(path + "?from=0", octets, new byte[2]), 400, "push-malformed");
    assertProblem(site.post(path + "?from=x", octets, new byte[9]), 400, "push-malformed");
    assertProblem(site.post(path, octets, new byte[9]), 400, "push-malformed");
    assertProblem(
        site.post(path + "?from=0", "text/plain", new byte[9]), 415, "unsupported-media-type");
    assertProblem(site.post(path + "?from=0", octets, new byte[9 << 20]), 413, "too-large");
    assertProblem(Api.of(server.getSecurePort(), other).get(path), 404, "log-unknown");
  }

  @Test
  void aBundleIsRefusedUnlessItIsSound() {
    assertProblem(register(as("admin"), "no bundle"), 400, "bundle-malformed");
    TestSite site = new TestSite("hull");
    String second = site.bundle(2);
    assertThat(register(as("admin"), second).status()).isEqualTo(201);
    assertThat(register(as("admin"), second).status()).isEqualTo(200);
    assertProblem(register(as("admin"), site.bundle(1)), 409, "bundle-superseded");
  }

  private Api as(String... roles) {
    return Api.of(server.getSecurePort(), roles);
  }

  private static Api.Answer register(Api admin, String bundle) {
    return admin.post(
        "/v1/sites", "application/x-pem-file", bundle.getBytes(StandardCharsets.UTF_8));
  }

  private String decide(ObjectNode question) {
    Api.Answer answer = as("backend").post("/v1/decisions", question.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("reason").asText();
  }

  private static Api.Answer call(Api api, String method, String path) {
    if (method.equals("GET")) {
      return api.get(path);
    }
    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
    String type =
        path.startsWith("/v1/logs")
            ? "application/octet-stream"
            : path.endsWith("/batch")
                ? "application/x-ndjson"
                : path.equals("/v1/sites") ? "application/x-pem-file" : "application/json";
    return api.post(path, type, body);
  }

  private static void assertProblem(Api.Answer answer, int status, String reason) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.json().path("requestId").asText()).isNotEmpty();
  }
}
