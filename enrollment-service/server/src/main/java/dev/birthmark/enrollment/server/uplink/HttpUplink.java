package dev.birthmark.enrollment.server.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.uplink.FeedItem;
import dev.birthmark.enrollment.uplink.IdentityUplink;
import dev.birthmark.enrollment.uplink.MirroredLog;
import dev.birthmark.enrollment.uplink.PushAnswer;
import dev.birthmark.enrollment.uplink.UplinkRefusedException;
import dev.birthmark.enrollment.uplink.UplinkUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The identity service's API as a site calls it. */
final class HttpUplink implements IdentityUplink {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MOST_ENTRIES = 1 << 20;

  private final URI base;
  private final HttpClient client;
  private final ObjectMapper mapper;

  HttpUplink(URI base, SSLContext tls, ObjectMapper mapper) {
    this.base = base;
    this.mapper = mapper;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .sslContext(tls)
            .build();
  }

  @Override
  public Optional<MirroredLog> log(LogId log) {
    HttpResponse<byte[]> answer = send(request("/v1/logs/" + log.hex()).GET());
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    JsonNode mirror = json(required(answer).body());
    try {
      return Optional.of(
          new MirroredLog(
              mirror.path("size").asLong(),
              Sha256.fromHex(mirror.path("root").asText()),
              mirror.path("closed").asBoolean(),
              instant(mirror.path("time"))));
    } catch (IllegalArgumentException e) {
      throw new UplinkUnavailableException("the identity service's log cannot be read", e);
    }
  }

  @Override
  public Optional<String> checkpoint(LogId log) {
    HttpResponse<byte[]> answer = send(request("/v1/logs/" + log.hex() + "/checkpoint").GET());
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(new String(required(answer).body(), StandardCharsets.UTF_8));
  }

  @Override
  public PushAnswer push(LogId log, long from, String checkpoint, List<Octets> entries) {
    byte[] note = checkpoint.getBytes(StandardCharsets.UTF_8);
    byte[] bundle = EntryBundle.encode(entries.stream().map(Octets::bytes).toList());
    byte[] body =
        ByteBuffer.allocate(Integer.BYTES + note.length + bundle.length)
            .putInt(note.length)
            .put(note)
            .put(bundle)
            .array();
    HttpResponse<byte[]> answer =
        send(
            request("/v1/logs/" + log.hex() + "?from=" + from)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body)));
    JsonNode json = json(answer.body());
    if (answer.statusCode() == 200) {
      return new PushAnswer.Accepted(
          json.path("size").asLong(), json.path("checkpoint").asText(), instant(json.path("time")));
    }
    String reason = json.path("reason").asText();
    if (reason.equals("log-size")) {
      return new PushAnswer.SizeDiffers(json.path("size").asLong());
    }
    if (answer.statusCode() >= 500) {
      throw new UplinkUnavailableException("the identity service answers " + reason);
    }
    return new PushAnswer.Refused(reason, json.path("detail").asText());
  }

  @Override
  public List<Octets> entries(LogId log, long from) {
    HttpResponse<byte[]> answer =
        required(send(request("/v1/logs/" + log.hex() + "/entries?from=" + from).GET()));
    try {
      return EntryBundle.decode(answer.body(), MOST_ENTRIES).stream().map(Octets::new).toList();
    } catch (MalformedException e) {
      throw new UplinkUnavailableException("the identity service's entries cannot be read", e);
    }
  }

  @Override
  public List<FeedItem> changes(Position after) {
    HttpResponse<byte[]> answer =
        required(
            send(
                request("/v1/changes?wait=false&after=" + after)
                    .header("Accept", "application/x-ndjson")
                    .GET()));
    List<FeedItem> items = new ArrayList<>();
    for (String line : new String(answer.body(), StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        items.add(item(json(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return items;
  }

  private static FeedItem item(JsonNode change) {
    try {
      return new FeedItem(
          new Octets(Base64.getDecoder().decode(change.path("der").asText())),
          change.path("head").asText());
    } catch (IllegalArgumentException e) {
      throw new UplinkUnavailableException("a change of the feed cannot be read", e);
    }
  }

  @Override
  public Instant follow(String consumer) {
    HttpResponse<byte[]> answer =
        post("/v1/consumers", Map.of("name", consumer, "versions", List.of(1)));
    return instant(json(required(answer).body()).path("leaseUntil"));
  }

  @Override
  public void acknowledge(String consumer, Position position, Sha256 proof) {
    required(
        post(
            "/v1/consumers/"
                + URLEncoder.encode(consumer, StandardCharsets.UTF_8)
                + "/acknowledgements",
            Map.of("position", position.toString(), "proof", proof.hex())));
  }

  private HttpResponse<byte[]> post(String path, Map<String, Object> body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body))));
    } catch (IOException e) {
      throw new IllegalStateException("a request of ours is no JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UplinkUnavailableException("the identity service does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UplinkUnavailableException("interrupted", e);
    }
  }

  private HttpResponse<byte[]> required(HttpResponse<byte[]> answer) {
    if (answer.statusCode() >= 500) {
      throw new UplinkUnavailableException(
          "the identity service answers with status " + answer.statusCode());
    }
    if (answer.statusCode() >= 400) {
      JsonNode problem = json(answer.body());
      throw new UplinkRefusedException(
          problem.path("reason").asText(), problem.path("detail").asText());
    }
    return answer;
  }

  private JsonNode json(byte[] body) {
    try {
      return mapper.readTree(body);
    } catch (IOException e) {
      throw new UplinkUnavailableException("the answer of the identity service is no JSON", e);
    }
  }

  private static Instant instant(JsonNode text) {
    try {
      return Instant.parse(text.asText());
    } catch (DateTimeException e) {
      throw new UplinkUnavailableException("the identity service gives no time", e);
    }
  }
}
