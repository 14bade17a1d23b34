package dev.birthmark.identity.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.testkit.pki.TestPki;
import io.smallrye.jwt.build.Jwt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The service's API as somebody calls it: with a token, or with a site's client certificate. */
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  /** An answer. */
  record Answer(int status, byte[] body, String type) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(text(), e);
      }
    }

    String reason() {
      return json().path("reason").asText();
    }
  }

  private final HttpClient client;
  private final URI base;
  private final String token;

  private Api(int port, KeyManager[] keys, String token) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys, new TrustManager[] {new Trusting()}, null);
      this.client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.base = URI.create("https://127.0.0.1:" + port);
    this.token = token;
  }

  /** A party of the tenant of all test sites. */
  static Api of(int port, String... roles) {
    return withToken(port, token(TestSite.TENANT, "birthmark-identity", "party", roles));
  }

  static Api withToken(int port, String token) {
    return new Api(port, null, token);
  }

  /** A site, by its client certificate. */
  static Api of(int port, TestSite site) {
    try {
      byte[] certificate =
          TestPki.of(site.name().site() + " client")
              .issue("client", 0, site.clientKey(), TestPki.NOW)
              .der();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "site",
          site.clientKey().privateKey(),
          new char[0],
          new Certificate[] {
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate))
          });
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return new Api(port, keys.getKeyManagers(), "");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String token(String tenant, String audience, String party, String... roles) {
    Instant now = Instant.now();
    return Jwt.claims()
        .issuer("birthmark-local")
        .audience(audience)
        .subject(party + "-subject")
        .issuedAt(now)
        .expiresAt(now.plus(Duration.ofMinutes(5)))
        .claim("azp", party)
        .claim("tenant", tenant)
        .claim("roles", Set.of(roles))
        .sign(Surroundings.OPERATOR.privateKey());
  }

  Answer get(String path) {
    return get(path, "*/*");
  }

  Answer get(String path, String accept) {
    return send(request(path).header("Accept", accept).GET());
  }

  Answer post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  Answer post(String path, String type, byte[] body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  /** Pushes what a site has from an index on. */
  Answer push(TestSite site, long from) {
    return push(site, from, site.checkpoint(site.size()), site.bundleOf(from));
  }

  Answer push(TestSite site, long from, byte[] checkpoint, byte[] entries) {
    byte[] body =
        ByteBuffer.allocate(Integer.BYTES + checkpoint.length + entries.length)
            .putInt(checkpoint.length)
            .put(checkpoint)
            .put(entries)
            .array();
    return post(
        "/v1/logs/" + site.pki().logId().hex() + "?from=" + from, "application/octet-stream", body);
  }

  /** An answer that goes on; the caller closes it. */
  InputStream follow(String path, String accept) throws IOException, InterruptedException {
    return client
        .send(request(path).header("Accept", accept).GET().build(), BodyHandlers.ofInputStream())
        .body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Content-Type").orElse(""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
