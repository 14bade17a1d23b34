package dev.birthmark.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.edge.app.RawClient;
import dev.birthmark.edge.app.Surroundings;
import dev.birthmark.edge.app.Things;
import dev.birthmark.edge.app.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@Timeout(60) // a stream that hangs must fail, not stop the build
class NdjsonTest {

  private static final String HEADERS =
      Tokens.bearer("factory") + "Content-Type: application/x-ndjson\r\n";
  private static final String CHUNKED = HEADERS + "Transfer-Encoding: chunked\r\n";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Inject HttpServer server;

  @Test
  void answersEachLineInOrderAndABadOneForItself() throws Exception {
    var body =
        """
        {"name":"a","count":1}

        not json
        {"name":"refused","count":1}
        {"name":"%s","count":1}
        {"name":"b","count":2}\
        """
            .formatted("x".repeat(2_000));
    try (var client = client()) {
      var answer = client.exchange("POST", "/echo", HEADERS, body);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().get("content-type")).isEqualTo("application/x-ndjson");
      var lines = lines(answer.body());
      assertThat(lines)
          .extracting(line -> line.get("line").asLong())
          .containsExactly(1L, 3L, 4L, 5L, 6L);
      assertThat(lines.get(0).get("party").asText()).isEqualTo("factory-a");
      assertThat(lines.get(1).get("status").asInt()).isEqualTo(400);
      assertThat(lines.get(1).get("problem").get("reason").asText()).isEqualTo("malformed");
      assertThat(lines.get(2).get("problem").get("detail").asText()).isEqualTo("no");
      assertThat(lines.get(3).get("problem").get("reason").asText()).isEqualTo("line-too-long");
      assertThat(lines.get(4).get("name").asText()).isEqualTo("b");
    }
  }

  @Test
  void answersEveryLineOfABatchWhoseHandlerFailed() throws Exception {
    try (var client = client()) {
      var answer =
          client.exchange("POST", "/echo", HEADERS, "{\"name\":\"explodes\",\"count\":1}\n");
      assertThat(lines(answer.body()).getFirst().get("problem").get("reason").asText())
          .isEqualTo("internal");
      assertThat(answer.body()).doesNotContain("boom");
    }
  }

  @Test
  void answersALineWhileTheRequestGoesOnOctetByOctet() throws Exception {
    try (var client = client()) {
      client.head("POST", "/echo", CHUNKED);
      for (var octet : "{\"name\":\"slow\",\"count\":1}\n".split("")) {
        client.sendChunk(octet);
      }
      assertThat(client.line()).contains("200");
      skipHeaders(client);
      assertThat(client.chunk()).contains("slow");
      client.sendChunk("{\"name\":\"second\",\"count\":1}\n");
      assertThat(client.chunk()).contains("second");
      client.endChunks();
      assertThat(client.line()).isEqualTo("0");
    }
  }

  @Test
  void asksForTheBodyAtOnceWhenTheClientExpectsIt() throws Exception {
    var body = "{\"name\":\"patient\",\"count\":1}\n";
    try (var client = client()) {
      client.head(
          "POST",
          "/echo",
          HEADERS + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n");
      assertThat(client.answer().status()).isEqualTo(100);
      client.send(body);
      assertThat(client.answer().body()).contains("patient");
    }
  }

  @Test
  void takesBodiesBeyondEveryLimitWithAndWithoutALength() throws Exception {
    int count = 13_000;
    var line = "{\"name\":\"" + "n".repeat(870) + "\",\"count\":1}\n"; // 900 octets, 11.7 MB in all
    try (var client = client()) {
      client.head(
          "POST", "/echo", HEADERS + "Content-Length: " + (long) line.length() * count + "\r\n");
      var writer = sender(() -> sendAll(client, line, count, false));
      assertThat(lines(client.answer().body())).hasSize(count);
      writer.join();
    }
    try (var client = client()) {
      client.head("POST", "/echo", CHUNKED);
      var writer = sender(() -> sendAll(client, line, count, true));
      var answers = lines(client.answer().body());
      assertThat(answers).hasSize(count);
      assertThat(answers.getLast().get("line").asLong()).isEqualTo(count);
      writer.join();
    }
  }

  private static void sendAll(RawClient client, String line, int count, boolean chunked)
      throws IOException {
    for (int sent = 0; sent < count; sent += 100) {
      var lines = line.repeat(Math.min(100, count - sent));
      if (chunked) {
        client.sendChunk(lines);
      } else {
        client.send(lines);
      }
    }
    if (chunked) {
      client.endChunks();
    }
  }

  @Test
  void holdsBackAndThenCutsAClientThatDoesNotRead() throws Exception {
    long before = Things.SEEN.get();
    try (var client = client()) {
      client.head("POST", "/echo", CHUNKED);
      // Each answer is 10 kB: the client's window is soon full, and then our reading must stop.
      var line = "{\"name\":\"deaf\",\"count\":10000}\n";
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.sendChunk(line.repeat(100));
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(Things.SEEN.get() - before).isLessThan(10_000);
  }

  @Test
  void cutsAClientThatStopsSending() throws Exception {
    try (var client = client()) {
      client.head("POST", "/echo", CHUNKED).sendChunk("{\"name\":\"begun");
      assertThatThrownBy(client::line)
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("timed out");
    }
  }

  @Test
  void losesOnlyTheLineThatWasBegunWhenTheConnectionEnds() throws Exception {
    long before = Things.SEEN.get();
    try (var client = client()) {
      client.head("POST", "/echo", CHUNKED);
      client.sendChunk(
          "{\"name\":\"one\",\"count\":1}\n{\"name\":\"two\",\"count\":1}\n{\"name\":\"thr");
      client.line(); // an answer begins, so all that was sent has arrived
    }
    try (var other = client()) {
      other.exchange("POST", "/echo", HEADERS, "{\"name\":\"after\",\"count\":1}\n");
    }
    assertThat(Things.SEEN.get() - before).isEqualTo(3);
  }

  @Test
  void refusesAnotherMediaType() throws Exception {
    try (var client = client()) {
      var answer =
          client.exchange(
              "POST",
              "/echo",
              Tokens.bearer("factory") + "Content-Type: application/json\r\n",
              "{}");
      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.body()).contains("unsupported-media-type");
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private static Thread sender(Sending sending) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            sending.run();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static void skipHeaders(RawClient client) throws IOException {
    while (!client.line().isEmpty()) {
      // headers of an answer whose body is read chunk by chunk
    }
  }

  private RawClient client() {
    return RawClient.connect(server.getSecurePort());
  }

  private static List<JsonNode> lines(String body) throws IOException {
    try (var values = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
      return values.readAll();
    }
  }
}
