package dev.birthmark.identity.server.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.birthmark.credential.log.Place;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the device port does with any engine, seen by a real TLS client. */
@Timeout(60)
abstract class DeviceListenerContract {
  final Chains chains = new Chains();
  final Standing standing = new Standing();
  final List<String> refusals = new CopyOnWriteArrayList<>();
  final Map<String, String> configuration = new TreeMap<>();
  final Vertx vertx = Vertx.vertx();
  final Chains.Holder device = chains.holder("M-1");
  @TempDir Path directory;
  DeviceListener listener;

  abstract TlsEngine.Choice engine();

  /** What a client sees of an alert with this engine. */
  abstract String seen(TlsAlert alert);

  private Place place() {
    return Standing.place(Standing.fingerprint(device));
  }

  @BeforeEach
  void start() {
    restart(Map.of());
  }

  /** Starts the port anew with some settings changed. */
  void restart(Map<String, String> changes) {
    if (listener != null) {
      listener.stop();
    }
    configuration.put(
        "birthmark.tls.certificate", chains.holder("server").write(directory, "tls").toString());
    configuration.put("birthmark.tls.key", directory.resolve("tls-key.pem").toString());
    configuration.put("birthmark.device.host", "127.0.0.1");
    configuration.put("birthmark.device.port", "0");
    configuration.put("birthmark.device.instances", "2");
    configuration.put(
        "birthmark.device.engine", engine().name().toLowerCase(java.util.Locale.ROOT));
    configuration.putAll(changes);
    DeviceSettings settings =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(configuration, "test", 100))
            .withMapping(DeviceSettings.class)
            .addDefaultInterceptors()
            .build()
            .getConfigMapping(DeviceSettings.class);
    listener = new DeviceListener(vertx, settings, standing, List.of(new MeRoute()), refusals::add);
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void admitsADeviceInGoodStandingAndTellsItWhatIsKnown() throws IOException {
    TlsClient.Answer answer = TlsClient.of(device).get(listener.port(), "/me");
    assertThat(answer.status()).isEqualTo(200);
    JsonObject me = new JsonObject(answer.body());
    assertThat(me.getString("id")).isEqualTo("M-1");
    assertThat(me.getString("statusAsOf")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(me.getJsonObject("credential").getJsonObject("log").getLong("index"))
        .isEqualTo(place().index());
    assertThat(standing.presented()).as("verified once per handshake").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(TlsAlert.class)
  void refusesAHandshakeWithTheAlertOfItsReason(TlsAlert alert) throws IOException {
    standing.refuse(device, Standing.refusal("some-reason", false, alert));
    assertThat(TlsClient.of(device).alertOf(listener.port())).isEqualTo(seen(alert));
    assertThat(refusals).containsOnly("some-reason");
  }

  @Test
  void demandsACertificate() throws IOException {
    assertThat(TlsClient.withoutCertificate().alertOf(listener.port()))
        .isEqualTo("certificate_required");
  }

  @Test
  void refusesTls12() throws IOException {
    assertThat(TlsClient.ofTls12(device).alertOf(listener.port())).isEqualTo("protocol_version");
  }

  @Test
  void refusesAChainOfCrossCertifiedIssuers() throws IOException {
    assertThat(TlsClient.of(chains.crossCertified(57)).alertOf(listener.port()))
        .isIn(seen(TlsAlert.BAD_CERTIFICATE), "internal_error"); // the JDK has a limit of its own
  }

  @Test
  void resumesASessionAndRefusesItsRequestsOnceTheCredentialIsRevoked() throws IOException {
    TlsClient client = TlsClient.of(device);
    assertThat(client.get(listener.port(), "/me").status()).isEqualTo(200);
    assertThat(client.get(listener.port(), "/me").status()).isEqualTo(200);
    assertThat(client.fullHandshakes()).as("the second connection resumed").isEqualTo(1);

    standing.refuse(device, Standing.refusal("revoked", false, TlsAlert.CERTIFICATE_REVOKED));
    try (TlsClient.Connection connection = client.open(listener.port())) {
      TlsClient.Answer answer = connection.get("/me");
      assertThat(client.fullHandshakes()).as("the third connection resumed").isEqualTo(1);
      assertThat(answer.status()).isEqualTo(403);
      JsonObject problem = new JsonObject(answer.body());
      assertThat(problem.getString("reason")).isEqualTo("revoked");
      assertThat(problem.getString("nextStep")).isEqualTo("Enroll again.");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void refusesTheNextRequestOfAnOpenConnection() throws IOException {
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      assertThat(connection.get("/me").status()).isEqualTo(200);
      standing.refuse(device, Standing.refusal("suspended", false, TlsAlert.CERTIFICATE_REVOKED));
      assertThat(connection.get("/me").status()).isEqualTo(403);
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void keepsTheConnectionWhereItOnlyCannotSayAtTheMoment() throws IOException {
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      assertThat(connection.get("/me").status()).isEqualTo(200);
      standing.refuse(device, Standing.refusal("stale-status", true, TlsAlert.INTERNAL_ERROR));
      TlsClient.Answer answer = connection.get("/me");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.head()).containsIgnoringCase("retry-after: 1");
      standing.admit(device);
      assertThat(connection.get("/me").status()).isEqualTo(200);
    }
  }

  @Test
  void closesTheOpenConnectionsOfWithdrawnCredentialsAndNoOthers() throws IOException {
    Chains.Holder other = chains.holder("M-2");
    try (TlsClient.Connection open = TlsClient.of(device).open(listener.port());
        TlsClient.Connection untouched = TlsClient.of(other).open(listener.port())) {
      open.get("/me");
      untouched.get("/me");
      standing.refuse(device, Standing.refusal("revoked", false, TlsAlert.CERTIFICATE_REVOKED));
      assertThat(listener.connections().closeWithdrawn(place()::equals)).isEqualTo(1);
      assertThat(open.isEnded()).isTrue();
      assertThat(untouched.get("/me").status()).isEqualTo(200);
      while (listener.connections().count() > 1) {
        Thread.onSpinWait(); // the registry forgets it a moment after its peer has seen the end
      }
    }
  }

  @Test
  void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      connection.get("/me");
      Thread writing =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (true) {
                    connection.send("GET /me HTTP/1.1\r\nHost: d\r\n\r\n".repeat(400));
                  }
                } catch (IOException ended) {
                  return;
                }
              });
      while (writing.getState() == Thread.State.NEW || !isStuck(writing)) {
        Thread.onSpinWait();
      }
      standing.refuse(device, Standing.refusal("revoked", false, TlsAlert.CERTIFICATE_REVOKED));
      listener.connections().closeWithdrawn(place()::equals);
      writing.join();
    }
  }

  /** In the socket's write, a thousand looks long. */
  private static boolean isStuck(Thread thread) {
    for (int looks = 0; looks < 1000; looks++) {
      boolean writes = false;
      for (StackTraceElement frame : thread.getStackTrace()) {
        writes |= frame.getMethodName().contains("park") || frame.getMethodName().equals("poll");
      }
      if (!writes) {
        return !thread.isAlive();
      }
    }
    return true;
  }

  @Test
  void refusesWhatIsTooLargeAndSaysWhatToDo() throws IOException {
    TlsClient client = TlsClient.of(device);
    try (TlsClient.Connection connection = client.open(listener.port())) {
      TlsClient.Answer answer = connection.form("/me", "x=" + "y".repeat(70_000));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(new JsonObject(answer.body()).getString("nextStep")).isNotEmpty();
    }
    assertThat(client.get(listener.port(), "/" + "a".repeat(3000)).status()).isEqualTo(414);
    try (TlsClient.Connection connection = client.open(listener.port())) {
      String header = "X-Long: " + "b".repeat(9000) + "\r\n";
      assertThat(connection.exchange("GET /me HTTP/1.1\r\n" + header + "\r\n").status())
          .isEqualTo(431);
    }
    try (TlsClient.Connection connection = client.open(listener.port())) {
      assertThat(connection.exchange("NONSENSE\r\n\r\n").status()).isEqualTo(400);
    }
    assertThat(client.get(listener.port(), "/v1/devices").status()).isEqualTo(404);
    assertThat(client.get(listener.port(), "/me?x=1").status()).isEqualTo(200);
  }

  @Test
  void cutsAClientThatBeginsARequestAndDoesNotEndIt() throws IOException {
    restart(Map.of("birthmark.device.request-timeout", "PT1S"));
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      connection.send("POST /me HTTP/1.1\r\nHost: d\r\nContent-Length: 100\r\n\r\nx");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void cutsAnIdleClient() throws IOException {
    restart(Map.of("birthmark.device.idle-timeout", "PT1S"));
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      connection.get("/me");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void refusesMoreConnectionsThanTheSettingAllows() throws IOException {
    restart(Map.of("birthmark.device.max-connections", "1"));
    try (TlsClient.Connection connection = TlsClient.of(device).open(listener.port())) {
      connection.get("/me");
      assertThat(TlsClient.of(chains.holder("M-2")).alertOf(listener.port()))
          .isEqualTo(seen(TlsAlert.INTERNAL_ERROR));
      assertThat(refusals).containsOnly("too-many-connections");
      assertThat(connection.get("/me").status()).isEqualTo(200);
    }
  }

  @Test
  void servesAnotherTlsClientWithSmallFragmentsAndNoServerName() throws Exception {
    assumeThat(OpenSslClient.isPresent()).isTrue();
    OpenSslClient client = new OpenSslClient(directory, device, listener.port());
    String request = "GET /me HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
    assertThat(client.run(request, "-sess_out", "first.pem"))
        .contains("HTTP/1.1 200 OK", "New, TLSv1.3");
    assertThat(client.run(request, "-sess_in", "first.pem", "-sess_out", "second.pem"))
        .contains("HTTP/1.1 200 OK", "Reused, TLSv1.3");
    standing.refuse(device, Standing.refusal("revoked", false, TlsAlert.CERTIFICATE_REVOKED));
    assertThat(client.run(request, "-sess_in", "second.pem"))
        .contains("HTTP/1.1 403", "Reused, TLSv1.3");
  }
}
