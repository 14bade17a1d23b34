package dev.birthmark.enrollment.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestKeys;
import dev.birthmark.testkit.pki.TestRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service refuses, to whom, and in which words. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EnrollmentRefusalsTest {

  private static final String ORDER = "refusals";
  private static final String GOOD = "{\"id\":\"x\",\"model\":\"m\",\"quantity\":1}";

  @Inject HttpServer server;
  @Inject Site site;

  private Api factory;

  @BeforeEach
  void openAnOrder() {
    site.stands(SiteState.OPEN);
    factory = as("factory");
    assertThat(factory.order(ORDER, 100).status()).isIn(200, 201);
  }

  static List<TestRequests.Bad> badRequests() {
    // Nothing in UTF-16 comes through as a JSON text.
    return TestRequests.bad().stream().filter(bad -> !bad.name().startsWith("UTF-16")).toList();
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void aBadRequestIsRefusedTheSameAtBothEntrances(TestRequests.Bad bad) {
    String body = Api.enrollment("bad-request", ORDER, text(bad.body())).toString();
    Api.Answer single = factory.post("/v1/enrollments", body);
    assertProblem(single, bad.reason().equals("request-too-large") ? 413 : 400, bad.reason());
    assertThat(single.json().path("detail").asText()).contains(bad.says());
    assertThat(single.json().path("part").asText()).isNotEmpty();
    if (body.length() < 60_000) {
      JsonNode line = factory.batch(body).lines().get(0);
      assertThat(line.path("status").asInt()).isEqualTo(single.status());
      assertThat(line.path("problem").path("reason").asText()).isEqualTo(bad.reason());
    }
  }

  static List<TestKeys.Bad> badKeys() {
    // Nobody can sign for those that can be read but are weak; the gate is tested without.
    return TestKeys.bad().stream()
        .filter(bad -> !bad.reason().equals("key-weak") && bad.der()[0] == 0x30)
        .filter(bad -> !bad.name().startsWith("octets after"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void aBadKeyIsRefused(TestKeys.Bad bad) {
    String request = Base64.getEncoder().encodeToString(TestRequests.unsigned(bad.der()));
    Api.Answer answer =
        factory.post("/v1/enrollments", Api.enrollment("bad-key", ORDER, request).toString());
    assertProblem(answer, 400, bad.reason());
  }

  @Test
  void whatAnotherDeviceHasIsRefused() {
    assertThat(factory.enroll("taken-1", ORDER, TestKey.p256(1000)).status()).isEqualTo(201);
    assertProblem(factory.enroll("taken-2", ORDER, TestKey.p256(1000)), 409, "key-in-use");
    assertProblem(factory.enroll("TAKEN-1", ORDER, TestKey.p256(1001)), 409, "device-enrolled");
    assertProblem(factory.enroll("taken-3", "none", TestKey.p256(1002)), 404, "order-unknown");
  }

  @Test
  void aKeyWhosePrivateHalfWasSentIsBlocked() {
    TestKey key = TestKey.p256(1003);
    String both =
        TestRequests.pem(key) + TestRequests.pem("PRIVATE KEY", key.privateKey().getEncoded());
    Api.Answer answer =
        factory.post("/v1/enrollments", Api.enrollment("exposed", ORDER, both).toString());
    assertProblem(answer, 400, "private-key-in-request");
    assertThat(answer.text()).doesNotContain("BEGIN");
    assertProblem(factory.enroll("exposed", ORDER, key), 400, "key-blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a%2Fb", "a;v=1", "a\0b", "\ud800", "café"})
  void whatIsNoDeviceIdIsRefusedAndNotRepeated(String id) {
    String body =
        Api.enrollment(id, ORDER, TestRequests.pem(TestKey.p256(1004)))
            .toString()
            .replace("\ud800", "\\ud800");
    assertProblem(factory.post("/v1/enrollments", body), 400, "device-id");
    JsonNode line = factory.batch(body).lines().get(0);
    assertThat(line.path("problem").path("reason").asText()).isEqualTo("device-id");
    assertThat(line.has("deviceId")).isFalse();
  }

  /** A group is decided with one query: what no query can hold must not get that far. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\ud800", "a b"})
  void whatCanBeNoOrdersIdHarmsNoOther(String order) {
    TestKey key = TestKey.p256(1005);
    String bad =
        Api.enrollment("order-1005", order, TestRequests.pem(key))
            .toString()
            .replace("\ud800", "\\ud800");
    String good = Api.enrollment("order-1006", ORDER, pem(1006)).toString();
    assertProblem(factory.post("/v1/enrollments", bad), 404, "order-unknown");
    List<JsonNode> lines = factory.batch(bad + "\n" + good).lines();
    assertThat(lines.get(0).path("problem").path("reason").asText()).isEqualTo("order-unknown");
    assertThat(lines.get(1).path("status").asInt()).isIn(200, 201);
  }

  @Test
  void aStationsLabelIsBounded() {
    String body = Api.enrollment("station", ORDER, pem(1007)).put("station", "s".repeat(129)) + "";
    assertProblem(factory.post("/v1/enrollments", body), 400, "malformed");
  }

  @Test
  void badLinesOfABatchAnswerForThemselves() {
    // Before the file, whose lines are carried out at the same time.
    assertThat(factory.enroll("lines-1", ORDER, TestKey.p256(1010)).status()).isEqualTo(201);
    String good = Api.enrollment("lines-1", ORDER, pem(1010)).toString();
    String twice = Api.enrollment("lines-2", ORDER, pem(1010)).toString();
    String other = Api.enrollment("lines-3", ORDER, pem(1011)).toString();
    String file =
        "\ufeff"
            + good
            + "\r\n\r\n{\r\n"
            + good.replace("order", "ordre")
            + "\r\n"
            + "{\"deviceId\":\"a\",\"deviceId\":\"b\"}\r\n"
            + "null\n[]\n{\"deviceId\":1}\n"
            + "x".repeat(70_000)
            + "\n"
            + twice
            + "\n"
            + good
            + "\n"
            + other;
    List<JsonNode> lines = factory.batch(file).lines();

    assertThat(lines)
        .extracting(line -> line.path("line").asInt())
        .containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(lines)
        .extracting(line -> line.path("problem").path("reason").asText())
        .containsExactly(
            "",
            "malformed",
            "malformed",
            "malformed",
            "malformed",
            "malformed",
            "malformed",
            "line-too-long",
            "key-in-use",
            "",
            "");
    assertThat(lines.get(0).path("status").asInt()).isEqualTo(200);
    assertThat(lines.get(9).path("certificate")).isEqualTo(lines.get(0).path("certificate"));
    assertThat(lines.get(10).path("status").asInt()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"id\":\"x\",\"model\":\"m\"}",
        "{\"id\":\"x\",\"id\":\"y\"}",
        "{\"id\":\"x\",\"modle\":\"m\"}",
        "{\"id\":1}",
        "{\"id\":\"x\",\"model\":\"m\",\"quantity\":\"1\"}",
        "{\"id\":\"x\",\"model\":\"m\",\"quantity\":1.5}",
        "{\"id\":\"x\",\"model\":\"m\",\"quantity\":1}{}",
      })
  void anOrderIsReadStrictly(String body) {
    assertProblem(factory.post("/v1/orders", body), 400, "malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"quantity\":1}",
        "{\"id\":\"x\",\"quantity\":1}",
        "{\"id\":\"x\",\"model\":\"m\",\"quantity\":0}",
        "{\"id\":\"x\",\"model\":\"m\",\"quantity\":100000001}",
        "{\"id\":\"../x\",\"model\":\"m\",\"quantity\":1}",
        "{\"id\":\"x\",\"model\":\"\",\"quantity\":1}",
        "{\"id\":\"x\",\"model\":\"a\\u0000\",\"quantity\":1}",
        "{\"id\":\"x\",\"model\":\"m\",\"lot\":\"\\ud800\",\"quantity\":1}",
      })
  void anOrderMakesSense(String body) {
    assertProblem(factory.post("/v1/orders", body), 400, "order-invalid");
  }

  @Test
  void aBodyIsOfItsKindAndOfItsSize() {
    byte[] body = GOOD.getBytes(StandardCharsets.UTF_8);
    assertProblem(factory.post("/v1/orders", "text/plain", body), 415, "unsupported-media-type");
    assertProblem(
        factory.post("/v1/enrollments/batch", "application/json", body),
        415,
        "unsupported-media-type");
    assertProblem(factory.post("/v1/orders", " ".repeat(2 << 20)), 413, "too-large");
    assertProblem(
        factory.post("/v1/orders", GOOD.replace("1}", "1,\"profile\":\"none\"}")),
        400,
        "profile-unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /v1/orders/none, order-unknown",
    "GET,  /v1/orders/a%00b, order-unknown",
    "GET,  /v1/enrollments/none, enrollment-unknown",
    "GET,  /v1/logs/0011223344556677/checkpoint, not-found",
    "GET,  /v1/logs/none/checkpoint, not-found",
    "GET,  /v1/logs/0011223344556677/tile/0/000, not-found",
    "GET,  /v1/nothing, not-found",
  })
  void whatIsNotThereIsNotFound(String method, String path, String reason) {
    assertProblem(call(factory, method, path), 404, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "backend, POST, /v1/orders",
    "auditor, GET,  /v1/orders/x",
    "admin,   POST, /v1/enrollments",
    "admin,   POST, /v1/enrollments/batch",
    "auditor, GET,  /v1/enrollments/x",
    "backend, GET,  /v1/site",
  })
  void theWrongRoleIsForbidden(String role, String method, String path) {
    assertProblem(call(as(role), method, path), 403, "forbidden");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/orders",
    "GET,  /v1/orders/x",
    "POST, /v1/enrollments",
    "POST, /v1/enrollments/batch",
    "GET,  /v1/site",
  })
  void nobodyIsServedWithoutATokenForThisService(String method, String path) {
    Api nobody = Api.withToken(server.getSecurePort(), "");
    Api other =
        Api.withToken(
            server.getSecurePort(),
            Api.token(Surroundings.TENANT, "birthmark-identity", "factory", "admin"));
    assertProblem(call(nobody, method, path), 401, "unauthenticated");
    assertProblem(call(other, method, path), 401, "unauthenticated");
  }

  @Test
  void anotherTenantFindsNothing() {
    Api other =
        Api.withToken(
            server.getSecurePort(),
            Api.token("other", "birthmark-enrollment", "factory", "admin", "auditor"));
    assertProblem(other.order(ORDER, 100), 404, "not-found");
    assertProblem(other.get("/v1/orders/" + ORDER), 404, "not-found");
    assertProblem(other.enroll("tenant", ORDER, TestKey.p256(1020)), 404, "not-found");
    assertProblem(other.get("/v1/site"), 404, "not-found");
    JsonNode line = other.batch(Api.enrollment("tenant", ORDER, pem(1020)) + "").lines().get(0);
    assertThat(line.path("problem").path("reason").asText()).isEqualTo("not-found");
    assertProblem(other.get(tile("tile/entries/000.p/1")), 404, "not-found");
  }

  @Test
  void entriesNeedARoleAndHashesNone() {
    factory.enroll("entries", ORDER, TestKey.p256(1021));
    Api nobody = Api.withToken(server.getSecurePort(), "");
    assertThat(nobody.get(tile("tile/0/000.p/1")).status()).isEqualTo(200);
    assertProblem(nobody.get(tile("tile/entries/000.p/1")), 401, "unauthenticated");
    assertProblem(as("backend").get(tile("tile/entries/000.p/1")), 403, "forbidden");
    assertThat(as("auditor").get(tile("tile/entries/000.p/1")).status()).isEqualTo(200);
    assertThat(factory.get(tile("tile/entries/000.p/1")).status()).isEqualTo(200);
  }

  private String tile(String path) {
    String log = factory.get("/v1/site").json().path("log").path("id").asText();
    return "/v1/logs/" + log + "/" + path;
  }

  private Api as(String... roles) {
    return Api.of(server.getSecurePort(), roles);
  }

  private static String pem(int key) {
    return TestRequests.pem(TestKey.p256(key));
  }

  /** As text, as a station sends it; what no text holds becomes base64. */
  private static String text(byte[] body) {
    for (byte octet : body.length > 0 && body[0] == 0x30 ? body : new byte[0]) {
      if (octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
        return Base64.getEncoder().encodeToString(body);
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Api.Answer call(Api api, String method, String path) {
    if (method.equals("GET")) {
      return api.get(path);
    }
    return path.endsWith("/batch") ? api.batch("{}") : api.post(path, GOOD);
  }

  private static void assertProblem(Api.Answer answer, int status, String reason) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.reason()).as(answer.text()).isEqualTo(reason);
    assertThat(answer.json().path("nextStep").asText()).isNotEmpty();
    assertThat(answer.json().path("requestId").asText()).isNotEmpty();
  }
}
