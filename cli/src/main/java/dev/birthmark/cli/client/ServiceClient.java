package dev.birthmark.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Requests to one service. Refusals and failures become exceptions; everything else is returned.
 * Safe for use by several threads.
 */
public final class ServiceClient {

  /** Shared by all who read or write JSON here. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JSON_TYPE = "application/json";

  private record Minted(String token, long atNanos) {}

  private final HttpClient http;
  private final URI base;
  private final Audience audience;
  private final TokenSource tokens;
  private final Map<Set<Role>, Minted> minted = new ConcurrentHashMap<>();

  /**
   * A client of the service at that address.
   *
   * @param base for example {@code https://127.0.0.1:8443}
   */
  public ServiceClient(HttpClient http, URI base, Audience audience, TokenSource tokens) {
    this.http = http;
    this.base = base;
    this.audience = audience;
    this.tokens = tokens;
  }

  /** The address of the service. */
  public URI base() {
    return base;
  }

  /** Fetches a JSON document. */
  public JsonNode get(String path, Role... roles) {
    return json(send(request(path, roles).GET().build(), BodyHandlers.ofByteArray()));
  }

  /** Fetches octets as they are. */
  public byte[] octets(String path, Role... roles) {
    return send(request(path, roles).GET().build(), BodyHandlers.ofByteArray()).body();
  }

  /** Fetches text as it is. */
  public String text(String path, Role... roles) {
    return new String(octets(path, roles), StandardCharsets.UTF_8);
  }

  /** Posts a JSON document. */
  public Answer post(String path, JsonNode body, Map<String, String> headers, Role... roles) {
    HttpRequest.Builder request =
        request(path, roles)
            .header("Content-Type", JSON_TYPE)
            .POST(BodyPublishers.ofString(body.toString()));
    headers.forEach(request::header);
    HttpResponse<byte[]> response = send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), json(response));
  }

  /** Posts a JSON document. */
  public Answer post(String path, JsonNode body, Role... roles) {
    return post(path, body, Map.of(), roles);
  }

  /** Posts text, and returns the text of the answer. */
  public String postText(String path, String type, String body, Role... roles) {
    HttpRequest request =
        request(path, roles)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    return new String(send(request, BodyHandlers.ofByteArray()).body(), StandardCharsets.UTF_8);
  }

  /**
   * Posts lines and reads the lines of the answer. The body should fit into the sockets' buffers
   * (some 64 kB): this client does not read while it writes, and a service that holds back waits
   * for its reader.
   */
  public Stream<JsonNode> postLines(String path, String lines, Role... roles) {
    HttpRequest request =
        request(path, roles)
            .header("Content-Type", "application/x-ndjson")
            .header("Accept", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build();
    return lines(send(request, BodyHandlers.ofLines()).body());
  }

  /** Reads the lines of an answer that may go on for ever; the stream must be closed. */
  public Stream<JsonNode> follow(String path, Role... roles) {
    HttpRequest request =
        request(path, roles).header("Accept", "application/x-ndjson").GET().build();
    return lines(send(request, BodyHandlers.ofLines()).body());
  }

  private static Stream<JsonNode> lines(Stream<String> lines) {
    return lines.filter(line -> !line.isBlank()).map(ServiceClient::parse);
  }

  private HttpRequest.Builder request(String path, Role... roles) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (roles.length > 0) {
      request.header("Authorization", "Bearer " + token(Set.of(roles)));
    }
    return request;
  }

  /** The same token again for a while: a service verifies it once and then remembers it. */
  private String token(Set<Role> roles) {
    long now = System.nanoTime();
    Minted known = minted.get(roles);
    if (known != null && now - known.atNanos() < OperatorKey.SHORT.toNanos() / 2) {
      return known.token();
    }
    Minted fresh = new Minted(tokens.token(audience, EnumSet.copyOf(roles)), now);
    minted.put(roles, fresh);
    return fresh.token();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> whenGood) {
    HttpResponse<?> response;
    try {
      response =
          http.send(
              request,
              info ->
                  info.statusCode() < 300
                      ? widened(whenGood.apply(info))
                      : widened(BodyHandlers.ofByteArray().apply(info)));
    } catch (IOException e) {
      throw new UnavailableException(
          "no answer from "
              + base
              + " ("
              + reason(e)
              + "); see birthmark status, start with birthmark up",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), (byte[]) response.body());
    }
    @SuppressWarnings("unchecked") // below 300 the caller's own handler made the body
    HttpResponse<T> good = (HttpResponse<T>) response;
    return good;
  }

  @SuppressWarnings("unchecked") // a subscriber only ever hands out its body
  private static HttpResponse.BodySubscriber<Object> widened(
      HttpResponse.BodySubscriber<?> subscriber) {
    return (HttpResponse.BodySubscriber<Object>) subscriber;
  }

  private RuntimeException refusal(int status, byte[] body) {
    JsonNode document;
    try {
      document = body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (IOException e) {
      document = MissingNode.getInstance();
    }
    Problem problem = Problem.of(status, document);
    if (status >= 500) {
      return new UnavailableException(
          base + " cannot answer now: " + problem.detail() + " (" + problem.reason() + ")");
    }
    return new RefusedException(problem);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    return parse(new String(response.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnavailableException("the answer is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * An answer that is no refusal.
   *
   * @param status the HTTP status: 201 for something new, 200 for the same again
   * @param body the document
   */
  public record Answer(int status, JsonNode body) {}
}
