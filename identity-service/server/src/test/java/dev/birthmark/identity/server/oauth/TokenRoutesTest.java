package dev.birthmark.identity.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.server.device.ConnectedDevice;
import dev.birthmark.identity.server.device.DeviceRefusedException;
import dev.birthmark.identity.server.device.DeviceRequest;
import dev.birthmark.testkit.pki.TestKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokenRoutesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final URI ISSUER = URI.create("https://id.example.test/acme");
  private static final String GOOD = "grant_type=client_credentials&client_id=M-1";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private ConnectedDevice device = device(Instant.parse("2100-01-01T00:00:00Z"));
  private @Nullable DeviceRefusedException refusal;
  private HttpServer http;

  @BeforeEach
  void start() {
    var tokens =
        new TokenIssuer(
            ISSUER,
            "birthmark-devices",
            Duration.ofMinutes(5),
            new TokenKey(TestKey.p256(1)),
            () -> NOW);
    var server =
        new AuthorizationServer(
            ISSUER,
            URI.create(ISSUER + "/v1/tokens/jwks"),
            () -> URI.create("https://devices.example.test:8444"),
            tokens.keySet());
    Router router = Router.router(vertx);
    router
        .route()
        .handler(context -> {
          if (refusal != null) {
            context.fail(refusal);
          } else {
            DeviceRequest.admit(context, device);
            context.next();
          }
        });
    router.route().handler(BodyHandler.create(false).setBodyLimit(1024));
    new TokenRoutes(tokens, server).mount(router);
    http = join(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    client.close();
    join(vertx.close());
  }

  @Test
  void answersWithATokenThatAnotherLibraryVerifiesAndThatIsBoundToTheCertificate()
      throws Exception {
    HttpResponse<String> answer = token(GOOD);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("token_type")).isEqualTo("Bearer");
    assertThat(body.getInteger("expires_in")).isEqualTo(300);

    SignedJWT jwt = SignedJWT.parse(body.getString("access_token"));
    JWKSet keys = JWKSet.parse(get("/jwks").body());
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
    assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(key.computeThumbprint()).hasToString(key.getKeyID());
    assertThat(key.isPrivate()).isFalse();
    assertThat(jwt.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));

    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(ISSUER.toString());
    assertThat(claims.getSubject()).isEqualTo("M-1");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("M-1");
    assertThat(claims.getAudience()).containsExactly("birthmark-devices");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(300)));
    assertThat(claims.getJWTID()).hasSize(22);
    assertThat(claims.getStringClaim("tenant")).isEqualTo("default");
    assertThat(claims.getJSONObjectClaim("cnf"))
        .isEqualTo(
            Map.of(
                "x5t#S256",
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(device.fingerprint().bytes())));
    assertThat(claims.getJSONObjectClaim(TokenIssuer.DEVICE_CLAIM))
        .isEqualTo(Map.of("model", "meter", "hardwareRevision", "B", "lot", "L7"));
  }

  @Test
  void endsTheTokenWithTheCertificate() throws Exception {
    device = device(NOW.plusSeconds(100));
    assertThat(new JsonObject(token(GOOD).body()).getInteger("expires_in")).isEqualTo(100);
  }

  @Test
  void givesNoTwoTokensOneIdentifier() throws Exception {
    assertThat(identifier()).isNotEqualTo(identifier());
  }

  private String identifier() throws Exception {
    String token = new JsonObject(token(GOOD).body()).getString("access_token");
    return SignedJWT.parse(token).getJWTClaimsSet().getJWTID();
  }

  @ParameterizedTest
  @CsvSource({
    "client_id=M-1, 400, invalid_request",
    "grant_type=client_credentials, 400, invalid_request",
    "grant_type=client_credentials&client_id=, 400, invalid_request",
    "grant_type=password&client_id=M-1, 400, unsupported_grant_type",
    "grant_type=client_credentials&client_id=M-2, 401, invalid_client",
    "grant_type=client_credentials&client_id=m-1, 401, invalid_client",
    "grant_type=client_credentials&client_id=M-1&client_id=M-1, 400, invalid_request",
    "grant_type=client_credentials&client_id=M-1&client_secret=x, 400, invalid_request",
    "grant_type=client_credentials&client_id=M-1&client_assertion=x, 400, invalid_request",
    "grant_type=client_credentials&client_id=M-1&scope=all, 400, invalid_scope",
    "grant_type=client_credentials&client_id=M-1&scope=&unknown=1, 200, ",
  })
  void judgesTheForm(String form, int status, @Nullable String error) throws Exception {
    HttpResponse<String> answer = token(form);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
  }

  @Test
  void refusesParametersInTheQueryAnotherMediaTypeAndAnOversizedForm() throws Exception {
    assertThat(error(send("/token?client_id=M-1", GOOD, "application/x-www-form-urlencoded")))
        .isEqualTo("invalid_request");
    assertThat(error(send("/token", "{}", "application/json"))).isEqualTo("invalid_request");
    assertThat(error(token(GOOD + "&x=" + "y".repeat(2000)))).isEqualTo("invalid_request");
    assertThat(error(token("client_id=%zz"))).isEqualTo("invalid_request");
  }

  @Test
  void refusesACredentialThatDoesNotStandAsAClientThatFailsToAuthenticate() throws Exception {
    refusal = new DeviceRefusedException("revoked", "It is revoked.", "Enroll again.", false);
    HttpResponse<String> answer = token(GOOD);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(error(answer)).isEqualTo("invalid_client");
    assertThat(answer.body()).contains("revoked", "Enroll again.");
  }

  @Test
  void saysWhatItIsUnderTheIssuersPathToo() throws Exception {
    String plain = get("/.well-known/oauth-authorization-server").body();
    assertThat(get("/.well-known/oauth-authorization-server/acme").body()).isEqualTo(plain);
    JsonObject metadata = new JsonObject(plain);
    assertThat(metadata.getString("issuer")).isEqualTo(ISSUER.toString());
    assertThat(metadata.getString("jwks_uri")).isEqualTo(ISSUER + "/v1/tokens/jwks");
    assertThat(metadata.getBoolean("tls_client_certificate_bound_access_tokens")).isTrue();
    assertThat(metadata.getJsonObject("mtls_endpoint_aliases").getString("token_endpoint"))
        .isEqualTo("https://devices.example.test:8444/token");
  }

  private static String error(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("error");
  }

  private HttpResponse<String> token(String form) throws Exception {
    return send("/token", form, "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> send(String path, String body, String type) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.actualPort() + path);
  }

  private static ConnectedDevice device(Instant notAfter) {
    return new ConnectedDevice(
        "M-1",
        "default",
        "site-1",
        "meter",
        "B",
        "L7",
        "order-1",
        "4f00",
        Sha256.of(new byte[] {1}),
        notAfter,
        new Place(LogId.of("log.example"), 7),
        NOW);
  }

  private static <T> T join(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
