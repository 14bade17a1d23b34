package dev.birthmark.enrollment.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestRequests;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The service's API as a line station calls it. */
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  /** An answer. */
  record Answer(int status, byte[] body, String type, String retryAfter) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return parse(text());
    }

    String reason() {
      return json().path("reason").asText();
    }

    List<JsonNode> lines() {
      return text().lines().map(Answer::parse).toList();
    }

    private static JsonNode parse(String text) {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new IllegalStateException(text, e);
      }
    }
  }

  private static final HttpClient CLIENT = client();

  private final URI base;
  private final String token;

  private Api(int port, String token) {
    this.base = URI.create("https://127.0.0.1:" + port);
    this.token = token;
  }

  /** A party of the site's tenant. */
  static Api of(int port, String... roles) {
    return withToken(port, token(Surroundings.TENANT, "birthmark-enrollment", roles));
  }

  static Api withToken(int port, String token) {
    return new Api(port, token);
  }

  static String token(String tenant, String audience, String... roles) {
    Instant now = Instant.now();
    return Jwt.claims()
        .issuer("birthmark-local")
        .audience(audience)
        .subject("line-1-subject")
        .issuedAt(now)
        .expiresAt(now.plus(Duration.ofMinutes(5)))
        .claim("azp", "line-1")
        .claim("tenant", tenant)
        .claim("roles", Set.of(roles))
        .sign(Surroundings.OPERATOR.privateKey());
  }

  /** The body of an enrollment. */
  static ObjectNode enrollment(String device, String order, String request) {
    return JSON.createObjectNode()
        .put("deviceId", device)
        .put("order", order)
        .put("request", request);
  }

  Answer order(String id, int quantity) {
    return post(
        "/v1/orders",
        "{\"id\":\"%s\",\"model\":\"m-1\",\"lot\":\"lot-1\",\"quantity\":%d}"
            .formatted(id, quantity));
  }

  Answer enroll(String device, String order, TestKey key) {
    return post("/v1/enrollments", enrollment(device, order, TestRequests.pem(key)).toString());
  }

  Answer batch(String lines) {
    return post(
        "/v1/enrollments/batch", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer post(String path, String type, byte[] body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Content-Type").orElse(""),
          answer.headers().firstValue("Retry-After").orElse(""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient client() {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new Trusting()}, null);
      return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
