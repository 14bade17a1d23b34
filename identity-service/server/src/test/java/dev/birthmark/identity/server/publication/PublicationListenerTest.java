package dev.birthmark.identity.server.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PublicationListenerTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
  private static final byte[] CERTIFICATE = {0x30, 0x03, 0x02, 0x01, 0x05};

  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void start() {
    PublicationSettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(PublicationSettings.class)
            .withDefaultValue("birthmark.publication.host", "127.0.0.1")
            .build()
            .getConfigMapping(PublicationSettings.class);
    var listener =
        new PublicationListener(
            vertx, settings, key -> key.equals(KEY) ? Optional.of(CERTIFICATE) : Optional.empty());
    port = listener.start(0).toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void servesAnIssuersCertificateByItsKeyIdentifier() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/issuers/" + KEY + ".cer"))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/pkix-cert");
      assertThat(answer.body()).isEqualTo(CERTIFICATE);
    }
    assertThat(raw("HEAD /issuers/" + KEY + ".cer"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
    assertThat(raw("GET http://id.example.test/issuers/" + KEY + ".cer"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /issuers/00.cer",
        "GET /issuers/../issuers/x.cer",
        "GET /issuers/%2e%2e.cer",
        "GET /",
        "GET /crl",
        "GET /ocspx",
        "GET /v1/devices"
      })
  void saysThatNothingElseIsHere(String request) throws IOException {
    assertThat(raw(request)).startsWith("HTTP/1.1 404").contains("\"nextStep\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /ocsp",
        "GET /ocsp/MEIwQDA+MDwwOjAJBgUrDgMCGgUABBR//abc%2Fdef==",
        "GET /ocsp//../x",
        "GET /crl/abc/def/0.crl"
      })
  void asksToComeAgainWhereStatusIsNotPublishedYet(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 503")
        .containsIgnoringCase("retry-after: 3600")
        .contains("\"reason\":\"unavailable\"");
  }

  @Test
  void refusesToChangeAnIssuer() throws IOException {
    assertThat(raw("PUT /issuers/" + KEY + ".cer")).startsWith("HTTP/1.1 405");
  }

  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
