package dev.birthmark.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.edge.app.RawClient;
import dev.birthmark.edge.app.Surroundings;
import dev.birthmark.edge.app.Tokens;
import dev.birthmark.edge.bearer.RememberedTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EdgeTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FACTORY = Tokens.bearer("factory");

  @Inject HttpServer server;
  @Inject RememberedTokens tokens;

  @Test
  void knowsTheCallerOfAValidToken() throws Exception {
    var first = get("/whoami", FACTORY);
    var remembered = get("/whoami", FACTORY);

    assertThat(first.status()).isEqualTo(200);
    assertThat(json(first).get("tenant").asText()).isEqualTo("default");
    assertThat(json(first).get("party").asText()).isEqualTo("factory-a");
    assertThat(json(first).get("subject").asText()).isEqualTo("station-7");
    assertThat(json(first).get("roles").get(0).asText()).isEqualTo("factory");
    assertThat(remembered.body()).isEqualTo(first.body());

    tokens.forget("default", "factory-a");
    assertThat(get("/whoami", FACTORY).body()).isEqualTo(first.body());
  }

  @Test
  void refusesTokensThatSayTooLittleOrWereMeantForOthers() throws Exception {
    var now = Instant.now();
    assertUnauthenticated(Tokens.header(Tokens.claims().remove("tenant")));
    assertUnauthenticated(Tokens.header(Tokens.claims().remove("azp")));
    assertUnauthenticated(Tokens.header(Tokens.claims().remove("sub")));
    assertUnauthenticated(Tokens.header(Tokens.claims().audience("another")));
    assertUnauthenticated(Tokens.header(Tokens.claims().issuer("another")));
    assertUnauthenticated(Tokens.header(Tokens.claims().expiresAt(now.minusSeconds(60))));
    for (var token :
        new String[] {"nonsense", "", ".", "..", "a.b", "a.b.c", "e30.e30.", "é.é.é"}) {
      assertUnauthenticated("Authorization: Bearer " + token + "\r\n");
    }
    assertUnauthenticated("Authorization: Basic YTpi\r\n");
    assertUnauthenticated("");
  }

  private void assertUnauthenticated(String header) throws Exception {
    for (var path : new String[] {"/whoami", "/echo"}) {
      var answer =
          path.equals("/echo")
              ? post(path, header + "Content-Type: application/x-ndjson\r\n", "{}\n")
              : get(path, header);
      assertProblem(answer, 401, "unauthenticated");
      assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer");
    }
  }

  @Test
  void refusesTheWrongRoleAtResourcesAndRoutesAlike() throws Exception {
    var auditor = Tokens.bearer("auditor");
    assertProblem(
        post("/things", auditor + JSON, "{\"name\":\"a\",\"count\":1}"), 403, "forbidden");
    assertProblem(
        post("/echo", auditor + "Content-Type: application/x-ndjson\r\n", "{}\n"),
        403,
        "forbidden");
  }

  @Test
  void knowsAPeerByItsPinnedKeyAndNobodyByAnother() throws Exception {
    try (var peer = RawClient.connect(server.getSecurePort(), Surroundings.PEER_KEY, "TLSv1.3")) {
      var answer = peer.exchange("GET", "/whoami", "", "");
      assertThat(json(answer).get("party").asText()).isEqualTo("peer");
    }
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    var other = generator.generateKeyPair();
    try (var stranger = RawClient.connect(server.getSecurePort(), other, "TLSv1.3")) {
      assertProblem(stranger.exchange("GET", "/whoami", "", ""), 401, "unauthenticated");
    }
  }

  @Test
  void speaksTls13AndNothingOlder() {
    assertThatThrownBy(() -> RawClient.connect(server.getSecurePort(), null, "TLSv1.2"))
        .hasRootCauseInstanceOf(javax.net.ssl.SSLHandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "nonsense",
        "[]",
        "{\"name\":\"a\",\"name\":\"b\",\"count\":1}",
        "{\"name\":\"a\",\"count\":1,\"more\":true}",
        "{\"name\":1,\"count\":1}",
        "{\"name\":true,\"count\":1}",
        "{\"name\":\"a\",\"count\":\"1\"}",
        "{\"name\":\"a\",\"count\":1.5}",
        "{\"name\":\"a\",\"count\":null}",
        "{\"name\":\"a\",\"count\":99999999999}",
        "{\"name\":\"\",\"count\":1}",
        "{\"name\":\"a\",\"count\":1} {}",
        "{\"name\":\"a\",\"count\":1111111111111111111111111111111111111111111111111111111}",
        "{\"name\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
      })
  void refusesJsonThatItWouldHaveToGuess(String body) throws Exception {
    var answer = post("/things", FACTORY + JSON, body);
    assertProblem(answer, 400, "malformed");
    assertThat(json(answer).get("detail").asText()).doesNotContain("java", "Exception");
  }

  @Test
  void refusesTextByItsLength() throws Exception {
    var answer = post("/things", FACTORY + JSON, "{\"name\":\"" + "x".repeat(200_000) + "\"}");
    assertProblem(answer, 400, "malformed");
    assertThat(json(answer).get("detail").asText()).contains("too long");
  }

  @Test
  void saysWhichMemberIsWrong() throws Exception {
    var answer = post("/things", FACTORY + JSON, "{\"name\":\"a\",\"count\":1,\"more\":true}");
    assertThat(json(answer).get("detail").asText()).isEqualTo("Member 'more' is not known.");
    var refused = post("/things", FACTORY + JSON, "{\"name\":\"\",\"count\":1}");
    assertThat(json(refused).get("detail").asText()).contains("a thing has a name");
  }

  @Test
  void refusesABodyThatIsTooLargeWithAndWithoutALength() throws Exception {
    var large = "{\"name\":\"a\"," + " ".repeat(2_000_000) + "\"count\":1}";
    assertProblem(post("/things", FACTORY + JSON, large), 413, "too-large");
    try (var client = client()) {
      client.head("POST", "/things", FACTORY + JSON + "Transfer-Encoding: chunked\r\n");
      try {
        client.sendChunk(large).endChunks();
      } catch (java.io.IOException e) {
        // The refusal may come, and the connection end, before everything is sent.
      }
      assertThat(client.answer().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /nothing,    404, not-found",
    "DELETE, /things,     405, method-not-allowed",
    "GET,    /fail/bug,   500, internal",
    "GET,    /fail/domain, 409, taken",
    "GET,    /fail/slow-transaction, 503, unavailable"
  })
  void answersEveryFailureWithAProblem(String method, String path, int status, String reason)
      throws Exception {
    try (var client = client()) {
      var answer = client.exchange(method, path, FACTORY, "");
      assertProblem(answer, status, reason);
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(answer.headers().containsKey("retry-after")).isEqualTo(status == 503);
    }
  }

  @Test
  void cutsAClientThatDoesNotFinishItsRequest() throws Exception {
    try (var client = client()) {
      client.head(
          "POST", "/things", FACTORY + "Content-Type: application/json\r\nContent-Length: 99\r\n");
      client.send("{\"name\"");
      assertThatThrownBy(client::answer)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refusesMediaTypesThatItDoesNotKnow() throws Exception {
    assertProblem(
        post("/things", FACTORY + "Content-Type: text/csv\r\n", "a"),
        415,
        "unsupported-media-type");
    assertProblem(
        post("/things", FACTORY + JSON + "Accept: image/png\r\n", "{\"name\":\"a\",\"count\":1}"),
        406,
        "not-acceptable");
  }

  @Test
  void addsTheMembersOfADomainProblem() throws Exception {
    var answer = post("/things", FACTORY + JSON, "{\"name\":\"taken\",\"count\":1}");
    assertProblem(answer, 409, "taken");
    assertThat(json(answer).get("owner").asText()).isEqualTo("somebody");
    assertThat(json(answer).get("nextStep").asText()).isEqualTo("Choose another.");
  }

  @Test
  void echoesAReasonableRequestIdAndReplacesAnOddOne() throws Exception {
    var answer = get("/nothing", "X-Request-Id: line-4.station_7\r\n");
    assertThat(answer.headers().get("x-request-id")).isEqualTo("line-4.station_7");
    assertThat(json(answer).get("requestId").asText()).isEqualTo("line-4.station_7");
    assertThat(get("/nothing", "X-Request-Id: <script>\r\n").headers().get("x-request-id"))
        .hasSize(36);
  }

  @Test
  void boundsEveryTransactionOfTheSession() throws Exception {
    assertThat(get("/settings", "").body()).isEqualTo("2s");
  }

  @Test
  void saysOnTheManagementListenerThatItIsReady() throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.getManagementPort() + "/q/health/ready");
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Database connections");
    }
    assertProblem(get("/q/health/ready", ""), 404, "not-found");
  }

  private RawClient client() {
    return RawClient.connect(server.getSecurePort());
  }

  private RawClient.Answer get(String path, String headers) throws Exception {
    try (var client = client()) {
      return client.exchange("GET", path, headers, "");
    }
  }

  private RawClient.Answer post(String path, String headers, String body) throws Exception {
    try (var client = client()) {
      try {
        return client.exchange("POST", path, headers, body);
      } catch (java.net.SocketException e) {
        return client.answer();
      }
    }
  }

  private static void assertProblem(RawClient.Answer answer, int status, String reason)
      throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
    var body = json(answer);
    assertThat(body.get("reason").asText()).isEqualTo(reason);
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("type").asText()).isEqualTo("https://birthmark.dev/problems/" + reason);
    assertThat(body.get("requestId").asText()).isEqualTo(answer.headers().get("x-request-id"));
  }

  private static JsonNode json(RawClient.Answer answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
