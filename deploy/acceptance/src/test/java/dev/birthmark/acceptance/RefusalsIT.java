package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad input gets: a status, a stable reason and a next step, and nothing is changed by it. */
class RefusalsIT {
  private static final String JSON = "application/json";
  private static final String ORDER = "refusals";

  private static Platform platform;
  private static Device device;
  private static JsonNode before;

  @BeforeAll
  static void makeSomethingThatCouldChange() {
    platform = Platform.shared();
    platform.order(ORDER, 5);
    device = platform.enroll(ORDER, "refusals-1");
    before = state();
  }

  @AfterAll
  static void nothingHasChanged() {
    assertThat(state()).isEqualTo(before);
  }

  /** Issued, registered, changed: everything that a request can add to. */
  private static JsonNode state() {
    JsonNode site = platform.enrollment().get("/v1/site", Role.FACTORY);
    JsonNode order = platform.enrollment().get("/v1/orders/" + ORDER, Role.FACTORY);
    var state =
        Platform.json()
            .put("log", site.path("log").path("size").asLong())
            .put("issued", order.path("issued").asLong())
            .put("site", site.path("state").asText())
            .put("sites", platform.identity().get("/v1/sites", Role.ADMIN).path("sites").size());
    try (Stream<JsonNode> changes =
        platform.identity().follow("/v1/changes?wait=false", Role.SECURITY)) {
      state.put("changes", changes.count());
    }
    return state;
  }

  /** One request and what it gets. */
  private record Case(
      String name,
      URI service,
      String method,
      String path,
      String type,
      byte[] body,
      String token,
      int status,
      String reason,
      String header) {

    Case at(String otherPath) {
      return new Case(name, service, method, otherPath, type, body, token, status, reason, header);
    }

    Case by(String otherToken) {
      return new Case(name, service, method, path, type, body, otherToken, status, reason, header);
    }

    Case typed(String otherType) {
      return new Case(name, service, method, path, otherType, body, token, status, reason, header);
    }

    Case with(String idempotencyKey) {
      return new Case(
          name, service, method, path, type, body, token, status, reason, idempotencyKey);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Tokens enrollmentTokens() {
    return new Tokens(platform.home(), Audience.ENROLLMENT, "factory");
  }

  private static Tokens identityTokens(String role) {
    return new Tokens(platform.home(), Audience.IDENTITY, role);
  }

  private static Case factory(String name, String path, String body, int status, String reason) {
    return new Case(
        name,
        platform.ports().enrollmentUrl(),
        "POST",
        path,
        JSON,
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        enrollmentTokens().good(),
        status,
        reason,
        "");
  }

  private static Case asked(
      String role, String name, String path, String body, int status, String reason) {
    return new Case(
        name,
        platform.ports().identityUrl(),
        body == null ? "GET" : "POST",
        path,
        JSON,
        body == null ? new byte[0] : body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        identityTokens(role).good(),
        status,
        reason,
        "");
  }

  private static Case get(Case request) {
    return new Case(
        request.name(),
        request.service(),
        "GET",
        request.path(),
        request.type(),
        new byte[0],
        request.token(),
        request.status(),
        request.reason(),
        "");
  }

  private static String enrollment(String id, String order, String request) {
    return Platform.json()
        .put("deviceId", id)
        .put("order", order)
        .put("request", request)
        .toString();
  }

  private static String order(String id, String quantity) {
    return "{\"id\":\"%s\",\"model\":\"m\",\"lot\":\"l\",\"quantity\":%s}".formatted(id, quantity);
  }

  static List<Case> tokens() {
    String ask = Platform.json().put("fingerprint", device.fingerprint().hex()).toString();
    Case order = factory("", "/v1/orders", order("tokens", "1"), 401, "unauthenticated");
    Case decision = asked("backend", "", "/v1/decisions", ask, 401, "unauthenticated");
    Tokens factory = enrollmentTokens();
    Tokens backend = identityTokens("backend");
    return List.of(
        named(order, "an order without a token", "", 401),
        named(order, "an order with no JWT", "abc", 401),
        named(order, "an order with an expired token", factory.expired(), 401),
        named(order, "an order with a foreign token", factory.foreign(), 401),
        named(order, "an order with an unsigned token", factory.unsigned(), 401),
        named(order, "an order with a key confused", factory.keyConfused(), 401),
        named(order, "an order with the other audience", factory.otherAudience(), 401),
        named(order, "an order by a backend", factory.otherRole("backend"), 403),
        named(order, "an order of another tenant", factory.otherTenant(), 404),
        named(decision, "a decision without a token", "", 401),
        named(decision, "a decision with no JWT", "a.b.c", 401),
        named(decision, "a decision with an expired token", backend.expired(), 401),
        named(decision, "a decision with a foreign token", backend.foreign(), 401),
        named(decision, "a decision with an unsigned token", backend.unsigned(), 401),
        named(decision, "a decision with a key confused", backend.keyConfused(), 401),
        named(decision, "a decision with the other audience", backend.otherAudience(), 401),
        named(decision, "a decision by a factory", backend.otherRole("factory"), 403));
  }

  private static Case named(Case request, String name, String token, int status) {
    String reason =
        switch (status) {
          case 401 -> "unauthenticated";
          case 403 -> "forbidden";
          default -> "not-found";
        };
    return new Case(
        name,
        request.service(),
        request.method(),
        request.path(),
        request.type(),
        request.body(),
        token,
        status,
        reason,
        "");
  }

  static List<Case> atTheEnrollmentService() {
    String good = DeviceKey.generate().requestBase64("refusals-2");
    byte[] forged = Base64.getDecoder().decode(good);
    forged[forged.length - 1] ^= 1;
    String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(forged, forged.length / 2));
    String e = "/v1/enrollments";
    String o = "/v1/orders";
    Case checkpoint = factory("", "", "", 404, "not-found");
    return List.of(
        factory("no JSON", o, "{", 400, "malformed"),
        factory("an empty body", o, "", 400, "malformed"),
        factory("null", o, "null", 400, "malformed"),
        factory("an array", o, "[]", 400, "malformed"),
        factory("an unknown member", o, "{\"id\":\"x\",\"modle\":\"m\"}", 400, "malformed"),
        factory("a member twice", o, "{\"id\":\"x\",\"id\":\"y\"}", 400, "malformed"),
        factory("two documents", o, order("x", "1") + order("y", "1"), 400, "malformed"),
        factory("deep JSON", o, "[".repeat(5_000), 400, "malformed"),
        factory("another media type", o, order("x", "1"), 415, "unsupported-media-type")
            .typed("text/plain"),
        factory("a large body", o, " ".repeat(2 << 20), 413, "too-large"),
        factory("no such path", "/v1/nothing", "{}", 404, "not-found"),
        factory("an order without an id", o, order("", "1"), 400, "order-invalid"),
        factory("an order for nothing", o, order("x", "0"), 400, "order-invalid"),
        factory("an order for less", o, order("x", "-1"), 400, "order-invalid"),
        factory("an order for far too many", o, order("x", "99999999999"), 400, "order-invalid"),
        factory("an order for a half", o, order("x", "1.5"), 400, "malformed"),
        factory("an order with a text", o, order("x", "\"1\""), 400, "malformed"),
        factory("another quantity", o, order(ORDER, "6"), 409, "order-exists"),
        factory(
            "no such profile",
            o,
            "{\"id\":\"x\",\"model\":\"m\",\"quantity\":1,\"profile\":\"none\"}",
            400,
            "profile-unknown"),
        factory("no such order", e, enrollment("refusals-2", "none", good), 404, "order-unknown"),
        factory("no device id", e, enrollment("", ORDER, good), 400, "device-id"),
        factory("a path as device id", e, enrollment("../x", ORDER, good), 400, "device-id"),
        factory("no request", e, enrollment("refusals-2", ORDER, ""), 400, "request-malformed"),
        factory("garbage", e, enrollment("refusals-2", ORDER, "%%%"), 400, "request-malformed"),
        factory("a cut request", e, enrollment("refusals-2", ORDER, cut), 400, "request-malformed"),
        factory(
            "a forged request",
            e,
            enrollment("refusals-2", ORDER, Base64.getEncoder().encodeToString(forged)),
            400,
            "proof-of-possession"),
        factory(
            "a large request",
            e,
            enrollment("refusals-2", ORDER, "A".repeat(90_000)),
            413,
            "request-too-large"),
        factory(
            "the key of another device",
            e,
            enrollment("refusals-2", ORDER, device.key().requestBase64("refusals-2")),
            409,
            "key-in-use"),
        factory(
            "another key",
            e,
            enrollment("refusals-1", ORDER, DeviceKey.generate().requestBase64("refusals-1")),
            409,
            "device-enrolled"),
        get(factory("an unknown order", o + "/none", "", 404, "order-unknown")),
        get(factory("an unknown device", e + "/none", "", 404, "enrollment-unknown")),
        get(checkpoint.at("/v1/logs/0123456789abcdef/checkpoint")),
        get(checkpoint.at("/v1/logs/none/checkpoint")),
        get(checkpoint.at(tile("tile/9/000"))),
        get(checkpoint.at(tile("tile/0/x999"))),
        get(named(factory("", tile("tile/entries/000.p/1"), "", 0, ""), "entries", "", 401)),
        get(
            named(
                factory("", tile("tile/entries/000.p/1"), "", 0, ""),
                "entries by a backend",
                enrollmentTokens().otherRole("backend"),
                403)));
  }

  private static String tile(String what) {
    return "/v1/logs/" + device.enrollment().path("log").path("id").asText() + "/" + what;
  }

  static List<Case> atTheIdentityService() {
    String c = "/v1/changes";
    String d = "/v1/decisions";
    String one = "{\"kind\":\"revoke\",\"selector\":{\"deviceId\":\"refusals-1\"}}";
    return List.of(
        asked("backend", "no JSON", d, "{", 400, "malformed"),
        asked("backend", "an empty body", d, "", 400, "malformed"),
        asked("backend", "no question", d, "{}", 400, "question"),
        asked(
            "backend", "two questions", d, "{\"chain\":[],\"certificate\":\"\"}", 400, "question"),
        asked("backend", "no fingerprint", d, "{\"fingerprint\":\"zz\"}", 400, "question"),
        asked("backend", "an unknown member", d, "{\"finger\":\"zz\"}", 400, "malformed"),
        asked("backend", "a large body", d, " ".repeat(2 << 20), 413, "too-large"),
        asked("security", "no idempotency key", c, one, 400, "idempotency-key"),
        asked("security", "a long key", c, one, 400, "idempotency-key").with("k".repeat(300)),
        asked("security", "no kind", c, "{}", 400, "malformed").with("r-1"),
        asked("security", "nobody", c, "{\"kind\":\"revoke\"}", 400, "selector-refused")
            .with("r-2"),
        asked(
                "security",
                "an unknown attribute",
                c,
                "{\"kind\":\"revoke\",\"selector\":{\"colour\":\"red\"}}",
                400,
                "selector")
            .with("r-3"),
        asked(
                "security",
                "an unknown reason",
                c,
                "{\"kind\":\"revoke\",\"reason\":\"why\",\"selector\":{\"lot\":\"l\"}}",
                400,
                "malformed")
            .with("r-4"),
        asked(
                "security",
                "a restore by lot",
                c,
                "{\"kind\":\"restore\",\"selector\":{\"lot\":\"l\"}}",
                400,
                "restore-needs-change")
            .with("r-5"),
        asked(
                "security",
                "a change that is none",
                c,
                "{\"kind\":\"restore\",\"selector\":{\"change\":\"0:999999\"}}",
                404,
                "change-unknown")
            .with("r-6"),
        asked(
                "security",
                "an undo",
                c,
                "{\"kind\":\"undo\",\"selector\":{\"change\":\"0:1\"}}",
                400,
                "kind-refused")
            .with("r-7"),
        asked("backend", "a change by a backend", c, one, 403, "forbidden").with("r-8"),
        asked("security", "no cursor", c + "?after=abc", null, 400, "malformed"),
        asked("security", "a future", c + "?after=0:999999", null, 409, "position-beyond-head"),
        asked("security", "reach of nothing", c + "/abc/reach", null, 400, "malformed-cursor"),
        asked("security", "reach of a future", c + "/0:999999/reach", null, 404, "change-unknown"),
        asked("security", "no limit", "/v1/devices?limit=0", null, 400, "malformed"),
        asked("security", "all at once", "/v1/devices?limit=100000", null, 400, "malformed"),
        asked("security", "no status", "/v1/devices?status=odd", null, 400, "malformed"),
        asked("security", "a NUL", "/v1/devices?lot=%00", null, 400, "malformed"),
        asked(
            "security",
            "a cursor of ours",
            "/v1/devices?cursor=%21",
            null,
            400,
            "malformed-cursor"),
        asked("security", "an unknown device", "/v1/devices/none", null, 404, "device-unknown"),
        asked("admin", "devices by an admin", "/v1/devices", null, 403, "forbidden"),
        asked("admin", "no bundle", "/v1/sites", "hello", 400, "bundle-malformed")
            .typed("application/x-pem-file"),
        asked("security", "a site by security", "/v1/sites", "hello", 403, "forbidden")
            .typed("application/x-pem-file"),
        asked("admin", "no such site", "/v1/sites/none/reopen", "{}", 404, "site-unknown"),
        asked("admin", "a push with a token", "/v1/logs/00?from=0", "x", 403, "forbidden")
            .typed("application/octet-stream"),
        asked(
            "security",
            "no name",
            "/v1/consumers",
            "{\"name\":\"a b\",\"versions\":[1]}",
            400,
            "consumer-name"),
        asked(
            "security",
            "no versions",
            "/v1/consumers",
            "{\"name\":\"a\"}",
            400,
            "consumer-versions"),
        asked(
            "security",
            "a stranger's acknowledgement",
            "/v1/consumers/nobody/acknowledgements",
            "{\"position\":\"0:1\",\"proof\":\"%s\"}".formatted("0".repeat(64)),
            404,
            "consumer-unknown"),
        asked("security", "a wrong path", "/v1/nothing", null, 404, "not-found"),
        asked(
                "security",
                "another tenant's device",
                "/v1/devices/refusals-1",
                null,
                404,
                "device-unknown")
            .by(identityTokens("security").otherTenant()));
  }

  @ParameterizedTest
  @MethodSource({"tokens", "atTheEnrollmentService", "atTheIdentityService"})
  void isRefusedWithItsReason(Case request) throws Exception {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(request.status());
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = Device.json(response.body());
    assertThat(problem.path("reason").asText()).isEqualTo(request.reason());
    assertThat(problem.path("type").asText())
        .isEqualTo("https://birthmark.dev/problems/" + request.reason());
    assertThat(problem.path("nextStep").asText()).isNotEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(request.status());
  }

  private static HttpResponse<String> send(Case request) throws Exception {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.service().resolve(request.path()))
            .method(
                request.method(),
                request.method().equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()))
            .header("Content-Type", request.type());
    if (!request.token().isEmpty()) {
      builder.header("Authorization", "Bearer " + request.token());
    }
    if (!request.header().isEmpty()) {
      builder.header("Idempotency-Key", request.header());
    }
    return platform.http().send(builder.build(), BodyHandlers.ofString());
  }

  @Test
  void whatIsNoCertificateIsDeniedWithAReason() {
    assertThat(decide("certificate", "hello")).isEqualTo("malformed");
    assertThat(decide("certificate", device.certificate().replaceFirst("M", "N")))
        .isEqualTo("malformed");
    assertThat(decide("fingerprint", "0".repeat(64))).isEqualTo("unknown-credential");
    var long1 = Platform.json();
    var chain = long1.putArray("chain");
    for (int i = 0; i < 40; i++) {
      chain.add(device.certificate());
    }
    assertThat(Platform.word(platform.changes().decide(long1))).isEqualTo("chain-too-long");
  }

  private static String decide(String member, String value) {
    return Platform.word(platform.changes().decide(Platform.json().put(member, value)));
  }

  @Test
  void aBadLineAnswersForItselfAndStopsNobody() {
    String lines =
        "{\n"
            + enrollment("refusals-1", ORDER, device.key().requestBase64("refusals-1"))
            + "\n"
            + enrollment("refusals-3", "none", DeviceKey.generate().requestBase64("refusals-3"))
            + "\n";
    List<JsonNode> answers;
    try (Stream<JsonNode> all =
        platform.enrollment().postLines("/v1/enrollments/batch", lines, Role.FACTORY)) {
      answers = all.toList();
    }
    assertThat(answers).extracting(a -> a.path("status").asInt()).containsExactly(400, 200, 404);
    assertThat(answers).extracting(a -> a.path("line").asInt()).containsExactly(1, 2, 3);
    assertThat(answers.getLast().path("problem").path("reason").asText())
        .isEqualTo("order-unknown");
  }

  @Test
  void theTokenEndpointRefusesAsOauthSays() throws Exception {
    DeviceClient client = device.connecting(platform);
    assertThat(oauthError(client.postFull("/token", "grant_type=password")))
        .isEqualTo("400 unsupported_grant_type");
    assertThat(
            oauthError(client.postFull("/token", "grant_type=client_credentials&client_id=other")))
        .endsWith("invalid_client");
    assertThat(oauthError(client.postFull("/token", "a".repeat(100)))).startsWith("400 ");
  }

  private static String oauthError(DeviceClient.Outcome outcome) {
    assertThat(outcome).isInstanceOf(DeviceClient.Answered.class);
    DeviceClient.Answered answered = (DeviceClient.Answered) outcome;
    JsonNode body =
        answered.body().isEmpty() ? MissingNode.getInstance() : Device.json(answered.body());
    return answered.status() + " " + body.path("error").asText();
  }
}
