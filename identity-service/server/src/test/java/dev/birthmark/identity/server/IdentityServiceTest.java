package dev.birthmark.identity.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.feed.Acknowledgement;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service, as sites, backends and a security team use it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@Timeout(60) // for what is asked for until it has happened
class IdentityServiceTest {

  /** Before the clock of whoever runs the tests, and after the issuers were made. */
  private static final Instant ISSUED = TestPki.NOW.minus(Duration.ofDays(20));

  @Inject HttpServer server;

  private Api admin;
  private Api backend;
  private Api security;
  private Api auditor;

  @BeforeEach
  void callers() {
    int port = server.getSecurePort();
    admin = Api.of(port, "admin");
    backend = Api.of(port, "backend");
    security = Api.of(port, "security");
    auditor = Api.of(port, "auditor");
  }

  @Test
  void aDeviceIsAllowedOnceItsSiteHasPushedAndDeniedOnceItsLotWasRevoked() throws Exception {
    TestSite site = registered("berlin");
    DeviceCertificate first = issue(site, "berlin-1", "lot-b1");
    DeviceCertificate other = issue(site, "berlin-2", "lot-b2");
    assertThat(decide(first).path("reason").asText()).isEqualTo("not-in-log");

    Api.Answer pushed = Api.of(server.getSecurePort(), site).push(site, 0);
    assertThat(pushed.status()).isEqualTo(200);
    assertThat(pushed.json().path("size").asLong()).isEqualTo(2);
    assertThat(pushed.json().path("checkpoint").asText()).contains("id.example.test/cosigner");
    assertThat(Instant.parse(pushed.json().path("time").asText())).isNotNull();

    JsonNode allowed = decide(first);
    assertThat(allowed.path("decision").asText()).isEqualTo("allow");
    assertThat(allowed.path("device").path("id").asText()).isEqualTo("berlin-1");
    assertThat(allowed.path("device").path("lot").asText()).isEqualTo("lot-b1");
    assertThat(allowed.path("device").path("credential").path("serial").asText())
        .isEqualTo(first.serial().hex());

    Api.Answer revoked = change("berlin-recall", "revoke", "{\"lot\":\"lot-b1\"}");
    assertThat(revoked.status()).isEqualTo(201);
    assertThat(revoked.json().path("members").asLong()).isEqualTo(1);
    Api.Answer again = change("berlin-recall", "revoke", "{\"lot\":\"lot-b1\"}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(revoked.json());

    JsonNode denied = decide(first);
    assertThat(denied.path("decision").asText()).isEqualTo("deny");
    assertThat(denied.path("reason").asText()).isEqualTo("revoked");
    assertThat(denied.path("retryable").asBoolean()).isFalse();
    assertThat(denied.path("position").asText())
        .isEqualTo(revoked.json().path("position").asText());
    assertThat(decide(other).path("decision").asText()).isEqualTo("allow");
  }

  @Test
  void whatArrivesAfterARecallIsHeldAsItArrives() {
    TestSite site = registered("porto");
    assertThat(change("porto-recall", "suspend", "{\"lot\":\"lot-p1\"}").status()).isEqualTo(201);
    DeviceCertificate late = issue(site, "porto-1", "lot-p1");
    Api.of(server.getSecurePort(), site).push(site, 0);

    assertThat(decide(late).path("reason").asText()).isEqualTo("suspended");
  }

  @Test
  void devicesAreFoundAndTellTheirStory() {
    TestSite site = registered("oslo");
    for (int i = 0; i < 5; i++) {
      issue(site, "oslo-" + i, "lot-o");
    }
    Api.of(server.getSecurePort(), site).push(site, 0);
    change("oslo-3", "revoke", "{\"deviceId\":\"OSLO-3\"}");

    JsonNode page = auditor.get("/v1/devices?lot=lot-o&limit=3").json();
    JsonNode rest =
        auditor.get("/v1/devices?lot=lot-o&limit=3&cursor=" + page.path("next").asText()).json();
    assertThat(ids(page)).containsExactly("oslo-0", "oslo-1", "oslo-2");
    assertThat(ids(rest)).containsExactly("oslo-3", "oslo-4");
    assertThat(ids(auditor.get("/v1/devices?prefix=OSLO&status=revoked").json()))
        .containsExactly("oslo-3");

    JsonNode device = auditor.get("/v1/devices/Oslo-3").json();
    assertThat(device.path("status").asText()).isEqualTo("revoked");
    assertThat(device.path("credentials").path(0).path("log").path("index").asLong()).isEqualTo(3);
    assertThat(device.path("timeline").findValuesAsText("event")).contains("issued", "revoke");
    assertThat(auditor.get("/v1/devices/nobody").status()).isEqualTo(404);
  }

  @Test
  void aFollowerSeesEachChangeAndAcknowledgesIt() throws Exception {
    TestSite site = registered("rome");
    issue(site, "rome-1", "lot-r");
    Api.of(server.getSecurePort(), site).push(site, 0);
    String before = made("rome-0", "suspend", "{\"lot\":\"lot-none\"}");
    assertThat(backend.post("/v1/consumers", "{\"name\":\"broker-1\",\"versions\":[1]}").status())
        .isEqualTo(200);

    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                backend.follow("/v1/changes?after=" + before, "application/x-ndjson"),
                StandardCharsets.UTF_8))) {
      String made = made("rome-1", "revoke", "{\"lot\":\"lot-r\"}");
      JsonNode seen = Api.JSON.readTree(nextLine(lines));
      assertThat(seen.path("position").asText()).isEqualTo(made);
      assertThat(seen.path("members").asLong()).isEqualTo(1);
      assertThat(seen.path("selector").path("lot").asText()).isEqualTo("lot-r");
      assertThat(seen.path("head").asText()).contains(TestSite.TENANT);

      byte[] der = Base64.getDecoder().decode(seen.path("der").asText());
      String proof = Acknowledgement.proof("broker-1", der).hex();
      Api.Answer acknowledged =
          backend.post(
              "/v1/consumers/broker-1/acknowledgements",
              "{\"position\":\"%s\",\"proof\":\"%s\"}".formatted(made, proof));
      assertThat(acknowledged.status()).isEqualTo(200);

      JsonNode reach = security.get("/v1/changes/" + made + "/reach").json();
      JsonNode broker = named(reach, "broker-1");
      assertThat(broker.path("reached").asBoolean()).isTrue();
      assertThat(broker.path("kind").asText()).isEqualTo("consumer");
      assertThat(broker.path("millis").isNumber()).isTrue();
    }
  }

  @Test
  void theFeedIsReadToItsEndAsLinesAndAsEvents() {
    String first = made("feed-1", "suspend", "{\"lot\":\"lot-x\"}");
    String second = made("feed-2", "suspend", "{\"lot\":\"lot-y\"}");

    Api.Answer lines = security.get("/v1/changes?wait=false", "application/x-ndjson");
    assertThat(lines.type()).isEqualTo("application/x-ndjson");
    assertThat(lines.text()).contains("\"" + first + "\"", "\"" + second + "\"").endsWith("}\n");
    Api.Answer events = security.get("/v1/changes?wait=false&after=" + first, "text/event-stream");
    assertThat(events.type()).isEqualTo("text/event-stream");
    assertThat(events.text()).contains("id: " + second + "\nevent: change\ndata: {");
    assertThat(events.text()).doesNotContain("id: " + first + "\n");
  }

  @Test
  void theReplicaItselfIsAmongThoseWhoHaveAChange() throws Exception {
    String made = made("replica", "suspend", "{\"lot\":\"lot-z\"}");
    // The replica decides by it already; that it says so follows within its next poll.
    JsonNode reach;
    do {
      Thread.onSpinWait();
      reach = security.get("/v1/changes/" + made + "/reach").json();
    } while (reach.path("consumers").findValuesAsText("kind").stream().noneMatch("replica"::equals)
        || !replica(reach).path("reached").asBoolean());
    assertThat(replica(reach).path("acknowledgedAt").asText()).isNotEmpty();
  }

  @Test
  void linesAreDecidedEachByItself() {
    TestSite site = registered("turin");
    DeviceCertificate device = issue(site, "turin-1", "lot-t");
    Api.of(server.getSecurePort(), site).push(site, 0);
    String lines =
        question(device)
            + "\n{\"fingerprint\":\""
            + device.fingerprint().hex()
            + "\"}"
            + "\n{\"fingerprint\":\"no\"}"
            + "\n{\"fingerprint\":\""
            + "00".repeat(32)
            + "\"}\n";

    Api.Answer answer =
        backend.post(
            "/v1/decisions/batch", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    List<JsonNode> decided = lines(answer);
    assertThat(decided).hasSize(4);
    assertThat(decided.get(0).path("decision").asText()).isEqualTo("allow");
    assertThat(decided.get(1).path("device").path("id").asText()).isEqualTo("turin-1");
    assertThat(decided.get(2).path("problem").path("reason").asText()).isEqualTo("question");
    assertThat(decided.get(3).path("reason").asText()).isEqualTo("unknown-credential");
    assertThat(decided.get(3).path("line").asLong()).isEqualTo(4);
  }

  @Test
  void aBareFingerprintIsLookedUpOnceAndRemembered() {
    TestSite site = registered("genoa");
    DeviceCertificate device = issue(site, "genoa-1", "lot-g");
    Api.of(server.getSecurePort(), site).push(site, 0);
    String question =
        "{\"fingerprint\":\"" + device.fingerprint().hex().toUpperCase(Locale.ROOT) + "\"}";

    for (int i = 0; i < 2; i++) {
      assertThat(backend.post("/v1/decisions", question).json().path("decision").asText())
          .isEqualTo("allow");
    }
  }

  @Test
  void aCertificateFromOutsideOfTheLogIsDeniedAndRaisesItsAlarmOnce() throws Exception {
    TestSite site = registered("milan");
    issue(site, "milan-1", "lot-m");
    Api.of(server.getSecurePort(), site).push(site, 0);
    // The stolen issuer's key signs another certificate for a place that is taken.
    DeviceCertificate forged = site.pki().issue("milan-1", 0, TestKey.p256(4_711), ISSUED);

    assertThat(decide(forged).path("reason").asText()).isEqualTo("log-mismatch");
    assertThat(decide(forged).path("reason").asText()).isEqualTo("log-mismatch");

    List<JsonNode> alarms;
    do {
      Thread.onSpinWait();
      alarms = alarms("log-mismatch", "milan");
    } while (alarms.isEmpty()); // it is raised beside the answer
    assertThat(alarms).hasSize(1);
  }

  @Test
  void aSiteResumesWhereItsLogEndsAndReadsItBack() throws Exception {
    TestSite site = registered("wien");
    issue(site, "wien-1", "lot-w");
    Api api = Api.of(server.getSecurePort(), site);
    api.push(site, 0);
    issue(site, "wien-2", "lot-w");

    Api.Answer wrong = api.push(site, 0);
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.reason()).isEqualTo("log-size");
    assertThat(wrong.json().path("size").asLong()).isEqualTo(1);
    assertThat(api.push(site, 1).status()).isEqualTo(200);

    String log = "/v1/logs/" + site.pki().logId().hex();
    JsonNode state = api.get(log).json();
    assertThat(state.path("size").asLong()).isEqualTo(2);
    assertThat(state.path("closed").asBoolean()).isFalse();
    assertThat(EntryBundle.decode(api.get(log + "/entries?from=1").body(), 10)).hasSize(1);
    assertThat(Api.withToken(server.getSecurePort(), "").get(log + "/checkpoint").text())
        .startsWith(site.pki().origin() + "\n2\n");
  }

  @Test
  void aPushMayBeLargerThanOtherRequests() {
    TestSite site = registered("bern");
    for (int i = 0; i < 2_500; i++) {
      issue(site, "bern-" + i, "lot-" + i % 7);
    }
    byte[] entries = site.bundleOf(0);
    assertThat(entries.length).isGreaterThan(1 << 20);
    Api.Answer pushed =
        Api.of(server.getSecurePort(), site).push(site, 0, site.checkpoint(site.size()), entries);
    assertThat(pushed.status()).isEqualTo(200);
    assertThat(pushed.json().path("size").asLong()).isEqualTo(2_500);
  }

  @Test
  void aReopenedSiteGoesOnInItsNextLog() {
    TestSite site = registered("graz");
    issue(site, "graz-1", "lot-g");
    Api.of(server.getSecurePort(), site).push(site, 0);

    JsonNode reopened = admin.post("/v1/sites/graz/reopen", "{}").json();
    assertThat(reopened.path("closed").path("id").asText()).isEqualTo(site.pki().logId().hex());
    assertThat(reopened.path("closed").path("size").asLong()).isEqualTo(1);
    assertThat(reopened.path("next").path("origin").asText()).isEqualTo(site.pki().origin() + "/2");

    issue(site, "graz-2", "lot-g");
    Api.Answer late = Api.of(server.getSecurePort(), site).push(site, 1);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.reason()).isEqualTo("log-closed");
  }

  @Test
  void theServiceDescribesItselfAndSaysThatItIsReady() throws Exception {
    String openapi = Api.withToken(server.getSecurePort(), "").get("/q/openapi").text();
    assertThat(openapi)
        .contains("/v1/decisions:", "/v1/decisions/batch:", "/v1/changes:", "/v1/sites:")
        .contains("The status feed after a position", "Revoke, suspend or restore")
        .contains("A site pushes its log", "How far the copy of a log is");
    assertThat(management("/q/health/ready")).contains("\"status\": \"UP\"").contains("ageMillis");
    backend.post("/v1/decisions", "{\"certificate\":\"AAAA\"}");
    assertThat(management("/q/metrics"))
        .contains("birthmark_decisions_total{decision=\"deny\",reason=\"malformed\"}");
  }

  private String management(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getManagementPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private TestSite registered(String name) {
    TestSite site = new TestSite(name);
    Api.Answer answer =
        admin.post(
            "/v1/sites",
            "application/x-pem-file",
            site.bundle(1).getBytes(StandardCharsets.US_ASCII));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    try {
      IdentityBundle bundle = IdentityBundle.parse(answer.text());
      assertThat(bundle.site()).isEqualTo(name);
      assertThat(bundle.tlsRoots()).hasSize(1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return site;
  }

  private static DeviceCertificate issue(TestSite site, String device, String lot) {
    return site.issue(device, draft -> draft.lot(lot).issuedAt(ISSUED));
  }

  private JsonNode decide(DeviceCertificate device) {
    Api.Answer answer = backend.post("/v1/decisions", question(device));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String question(DeviceCertificate device) {
    ObjectNode question = Api.JSON.createObjectNode();
    question.put("certificate", PemArmor.write("CERTIFICATE", device.der()));
    question.putObject("connection").put("protocol", "mqtt");
    return question.toString();
  }

  private Api.Answer change(String key, String kind, String selector) {
    return security.post(
        "/v1/changes",
        "{\"kind\":\"%s\",\"selector\":%s}".formatted(kind, selector),
        "Idempotency-Key",
        key);
  }

  private String made(String key, String kind, String selector) {
    Api.Answer answer = change(key, kind, selector);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("position").asText();
  }

  private List<JsonNode> alarms(String kind, String site) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode alarm : auditor.get("/v1/alarms").json().path("alarms")) {
      if (alarm.path("kind").asText().equals(kind) && alarm.path("site").asText().equals(site)) {
        found.add(alarm);
      }
    }
    return found;
  }

  private static List<String> ids(JsonNode page) {
    return page.path("devices").findValuesAsText("id");
  }

  private static JsonNode named(JsonNode reach, String name) {
    for (JsonNode consumer : reach.path("consumers")) {
      if (consumer.path("name").asText().equals(name)) {
        return consumer;
      }
    }
    throw new AssertionError("no consumer " + name + " in " + reach);
  }

  private static JsonNode replica(JsonNode reach) {
    for (JsonNode consumer : reach.path("consumers")) {
      if (consumer.path("kind").asText().equals("replica")) {
        return consumer;
      }
    }
    return reach.path("none");
  }

  private static String nextLine(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && line.isBlank()) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private static List<JsonNode> lines(Api.Answer answer) {
    return answer.text().lines().map(IdentityServiceTest::json).toList();
  }

  private static JsonNode json(String text) {
    try {
      return Api.JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
