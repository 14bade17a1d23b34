package dev.birthmark.enrollment.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.log.TlogProof;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import dev.birthmark.testkit.pki.TestRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as a factory uses it, from the order to the log. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EnrollmentServiceTest {

  @Inject HttpServer server;
  @Inject Site site;
  @Inject SiteFiles files;
  @Inject SessionFactory sessions;

  private Api factory;

  @BeforeEach
  void openTheSite() {
    factory = Api.of(server.getSecurePort(), "factory");
    site.stands(SiteState.OPEN);
  }

  @Test
  void anOrderIsOpenedOnceHoweverOftenItIsAskedFor() {
    Api.Answer opened = factory.order("order-1", 3);
    Api.Answer again = factory.order("order-1", 3);

    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(opened.json());
    assertThat(opened.json().path("remaining").asInt()).isEqualTo(3);
    assertThat(opened.json().path("openedBy").asText()).isEqualTo("line-1");
    assertThat(factory.get("/v1/orders/order-1").json()).isEqualTo(opened.json());
    assertThat(factory.order("order-1", 4).reason()).isEqualTo("order-exists");
  }

  @Test
  void aDeviceGetsOneCertificateHoweverOftenItAsks() throws Exception {
    factory.order("single", 10);
    TestKey key = TestKey.p256(100);
    Api.Answer first = factory.enroll("Dev-100", "single", key);
    Api.Answer retry = factory.enroll("dev-100", "single", key);

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(retry.status()).isEqualTo(200);
    JsonNode enrolled = first.json();
    for (String member : List.of("certificate", "serial", "fingerprint", "log", "deviceId")) {
      assertThat(retry.json().path(member)).isEqualTo(enrolled.path(member));
    }
    assertThat(enrolled.has("ignored")).isFalse();
    assertThat(enrolled.path("registered").asBoolean()).isFalse();
    DeviceCertificate certificate = leaf(enrolled);
    assertThat(certificate.publicKey()).isEqualTo(key.publicKey());
    assertThat(certificate.serial().hex()).isEqualTo(enrolled.path("serial").asText());
    assertThat(certificate.isSignedBy(files.issuer().publicKey(), TestPki.verifier())).isTrue();
    assertThat(enrolled.path("chain").path(1).asText())
        .isEqualTo(PemArmor.write("CERTIFICATE", files.issuer().der()));
    assertThat(factory.get("/v1/enrollments/DEV-100").json().path("certificate"))
        .isEqualTo(enrolled.path("certificate"));
    assertThat(factory.get("/v1/orders/single").json().path("issued").asInt()).isEqualTo(1);
  }

  @Test
  void theAnswerSaysWhatOfTheRequestHadNoEffect() {
    factory.order("ignoring", 1);
    byte[] subject = HexFormat.of().parseHex("300c310a300806035504030c0178"); // CN=x
    byte[] noAttributes = {(byte) 0xa0, 0};
    String request =
        TestRequests.pem(
            "CERTIFICATE REQUEST", TestRequests.der(TestKey.p256(101), 0, subject, noAttributes));
    Api.Answer answer =
        factory.post(
            "/v1/enrollments", Api.enrollment("ignoring-1", "ignoring", request).toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("ignored"))
        .extracting(JsonNode::asText)
        .containsExactly("subject");
  }

  @Test
  void everyKindOfKeyIsTaken() {
    factory.order("kinds", 10);
    for (KeyAlgorithm kind : KeyAlgorithm.values()) {
      Api.Answer answer = factory.enroll("kind-" + kind.ordinal(), "kinds", TestKey.of(kind, 40));
      assertThat(answer.status()).as(kind + " " + answer.text()).isEqualTo(201);
    }
  }

  @Test
  void ofManyWhoAskForTheLastUnitsExactlyThoseGetOne() throws Exception {
    factory.order("quota", 5);
    List<Api.Answer> answers = new ArrayList<>();
    try (ExecutorService stations = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Api.Answer>> asked =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  stations.submit(
                      () -> factory.enroll("quota-" + i, "quota", TestKey.p256(200 + i))))
              .toList();
      for (Future<Api.Answer> one : asked) {
        answers.add(one.get());
      }
    }
    assertThat(answers).filteredOn(one -> one.status() == 201).hasSize(5);
    assertThat(answers)
        .filteredOn(one -> one.status() == 409)
        .hasSize(15)
        .allMatch(one -> one.reason().equals("quota-exhausted"));
    JsonNode order = factory.get("/v1/orders/quota").json();
    assertThat(order.path("issued").asInt()).isEqualTo(5);
    assertThat(order.path("remaining").asInt()).isZero();
    assertThat(order.path("refused").path("quota-exhausted").asInt()).isEqualTo(15);
  }

  @Test
  void theProofHoldsAndTheTilesMakeTheCheckpointsRoot() throws Exception {
    factory.order("proof", 3);
    JsonNode enrolled = null;
    for (int i = 0; i < 3; i++) {
      enrolled = factory.enroll("proof-" + i, "proof", TestKey.p256(300 + i)).json();
    }
    String log = "/v1/logs/" + enrolled.path("log").path("id").asText();
    Api anybody = Api.withToken(server.getSecurePort(), "");
    SignedNote note = SignedNote.parse(anybody.get(log + "/checkpoint").text());
    Checkpoint head = Checkpoint.parse(note.text());
    assertThat(files.log().signed(note, TestPki.verifier())).isTrue();

    RightEdge edge = RightEdge.empty();
    List<byte[]> entries = new ArrayList<>();
    Api auditor = Api.of(server.getSecurePort(), "auditor");
    for (long tile = 0; tile * 256 < head.size(); tile++) {
      long width = Math.min(256, head.size() - tile * 256);
      String name = "%03d".formatted(tile) + (width == 256 ? "" : ".p/" + width);
      edge = edge.append(anybody.get(log + "/tile/0/" + name).body()).after();
      Api.Answer bundle = auditor.get(log + "/tile/entries/" + name);
      entries.addAll(EntryBundle.decode(bundle.body(), 256));
    }
    assertThat(edge.size()).isEqualTo(head.size());
    assertThat(edge.root()).isEqualTo(head.root());

    byte[] entry = entries.get(enrolled.path("log").path("index").asInt());
    assertThat(Entry.parse(entry).certificate().bytes())
        .isEqualTo(PemArmor.read("CERTIFICATE", enrolled.path("certificate").asText(), 65_536));
    assertThat(Entry.parse(entry).party()).isEqualTo("line-1");
    TlogProof proof = TlogProof.parse(enrolled.path("proof").asText());
    assertThat(proof.verify(entry, files.log(), TestPki.verifier())).isTrue();
  }

  @Test
  void aBatchIsAnsweredLineByLineInItsOrderAndSendingItAgainFindsTheSame() {
    factory.order("batch", 50);
    StringBuilder lines = new StringBuilder("\ufeff");
    for (int i = 0; i < 40; i++) {
      lines
          .append(Api.enrollment("b-" + i, "batch", TestRequests.pem(TestKey.p256(400 + i))))
          .append("\r\n");
    }
    List<JsonNode> first = factory.batch(lines.toString()).lines();
    List<JsonNode> again = factory.batch(lines.toString()).lines();

    assertThat(first).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(first.get(i).path("line").asInt()).isEqualTo(i + 1);
      assertThat(first.get(i).path("status").asInt()).as(first.get(i).toString()).isEqualTo(201);
      assertThat(first.get(i).path("deviceId").asText()).isEqualTo("b-" + i);
      assertThat(first.get(i).has("registered")).isFalse();
      assertThat(again.get(i).path("status").asInt()).isEqualTo(200);
      assertThat(again.get(i).path("certificate")).isEqualTo(first.get(i).path("certificate"));
    }
    assertThat(factory.get("/v1/orders/batch").json().path("issued").asInt()).isEqualTo(40);
  }

  @Test
  void aBatchMayBeLargerThanAnyOtherBody() {
    factory.order("large", 5);
    String blank = " ".repeat(60_000) + "\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      lines
          .append(blank.repeat(40))
          .append(Api.enrollment("large-" + i, "large", TestRequests.pem(TestKey.p256(500 + i))))
          .append('\n');
    }
    assertThat(lines.length()).isGreaterThan(10 << 20);
    List<JsonNode> answers = factory.batch(lines.toString()).lines();
    assertThat(answers).hasSize(5).allMatch(one -> one.path("status").asInt() == 201);
    assertThat(answers.get(4).path("line").asInt()).isEqualTo(205);
  }

  /** Without a transaction that Hibernate knows of it would insert row by row, in silence. */
  @Test
  void aGroupIsInsertedInOneBatch() {
    factory.order("grouped", 100);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines
          .append(Api.enrollment("g-" + i, "grouped", TestRequests.pem(TestKey.p256(600 + i))))
          .append('\n');
    }
    Statistics statistics = sessions.getStatistics();
    statistics.setStatisticsEnabled(true);
    statistics.clear();
    assertThat(factory.batch(lines.toString()).lines()).hasSize(100);
    assertThat(statistics.getEntityInsertCount()).isEqualTo(100);
    assertThat(statistics.getPrepareStatementCount()).isLessThan(10);
    statistics.setStatisticsEnabled(false);
  }

  @Test
  void aSiteThatNobodyKnowsIssuesNothingAndSaysWhy() throws Exception {
    factory.order("early", 1);
    site.stands(SiteState.UNREGISTERED);
    Api.Answer refused = factory.enroll("early-1", "early", TestKey.p256(700));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.reason()).isEqualTo("site-not-registered");
    assertThat(refused.retryAfter()).isNotEmpty();
    assertThat(factory.get("/v1/site").json().path("state").asText()).isEqualTo("unregistered");
    assertThat(factory.order("earlier", 1).status()).isEqualTo(201);
    assertThat(Management.get(server, "/q/health/ready"))
        .contains("\"status\": \"UP\"", "\"issues\": false", "site-not-registered");

    site.stands(SiteState.HALTED);
    assertThat(factory.order("late", 1).reason()).isEqualTo("site-halted");
    assertThat(factory.enroll("early-1", "early", TestKey.p256(700)).reason())
        .isEqualTo("site-halted");

    site.stands(SiteState.OPEN);
    assertThat(factory.enroll("early-1", "early", TestKey.p256(700)).status()).isEqualTo(201);
  }

  @Test
  void theServiceDescribesItselfAndCountsWhatItDoes() throws Exception {
    String openapi = Api.withToken(server.getSecurePort(), "").get("/q/openapi").text();
    assertThat(openapi)
        .contains("/v1/orders:", "/v1/orders/{id}:", "/v1/site:", "/v1/logs/{logId}/checkpoint:")
        .contains("/v1/enrollments:", "/v1/enrollments/{deviceId}:", "/v1/enrollments/batch:")
        .contains("application/x-ndjson", "Enroll one device");
    assertThat(Management.get(server, "/q/health/live")).contains("\"status\": \"UP\"");
    assertThat(Management.get(server, "/q/health/ready"))
        .contains("\"status\": \"UP\"", "\"issues\": true");

    factory.order("counted", 1);
    factory.enroll("counted-1", "counted", TestKey.p256(800));
    factory.enroll("counted-2", "none", TestKey.p256(801));
    assertThat(Management.get(server, "/q/metrics"))
        .contains("birthmark_enrollments_total{outcome=\"issued\",reason=\"\"}")
        .contains("birthmark_enrollments_total{outcome=\"refused\",reason=\"order-unknown\"}")
        .contains("birthmark_issuing_group_count")
        .contains("birthmark_issuing_waiting 0.0")
        .contains("birthmark_registration_lag_entries", "birthmark_registration_lag_seconds");
  }

  private static DeviceCertificate leaf(JsonNode enrolled) throws Exception {
    return DeviceCertificate.parse(
        PemArmor.read("CERTIFICATE", enrolled.path("certificate").asText(), 65_536));
  }
}
