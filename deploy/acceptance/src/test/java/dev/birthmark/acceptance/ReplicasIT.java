package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.installation.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second replica over the same database, which soon calls its status stale. */
class ReplicasIT {
  private static Platform platform;
  private static ServiceProcess second;
  private static ServiceClient replica;

  @BeforeAll
  static void startASecondReplica() throws IOException {
    platform = Platform.shared();
    Path directory = platform.home().service(ServiceName.IDENTITY);
    second =
        ServiceProcess.start(
            ServiceName.IDENTITY,
            Platform.folder("replica"),
            directory.resolve("identity.properties"),
            Map.of(
                "quarkus.http.ssl-port", "0",
                "birthmark.device.port", "0",
                "birthmark.publication.port", "0",
                "birthmark.status.staleness-bound", "PT3S",
                "quarkus.http.idle-timeout", "3s"));
    replica = platform.identity(second.url());
  }

  @AfterAll
  static void stopIt() {
    second.close();
  }

  @Test
  void bothDecideByAChangeThatEitherMade() throws Exception {
    Device device = platform.enrollOne("replicas");
    Waiting.until("the replica knows the device", () -> Platform.isAllowed(device, replica));
    DeviceClient atTheReplica = device.connecting(platform, second.deviceUrl());
    try (DeviceClient.OpenConnection open = atTheReplica.open("/me")) {
      JsonNode change = platform.change("revoke", "key-compromise", "deviceId", "replicas");

      Waiting.until("the replica denies", () -> word(device).equals("revoked"));
      assertThat(open.awaitClosed()).isTrue();
      assertThat(atTheReplica.getFull("/me")).isInstanceOf(DeviceClient.Refused.class);
      Waiting.until(
          "both replicas are known to have the change",
          () -> replicasThatReached(change.path("position").asText()) >= 2);
    }
  }

  private static long replicasThatReached(String position) {
    long reached = 0;
    for (JsonNode consumer : platform.changes().reach(position).path("consumers")) {
      if (consumer.path("kind").asText().equals("replica")
          && consumer.path("reached").asBoolean()) {
        reached++;
      }
    }
    return reached;
  }

  @Test
  void cutOffFromItsDatabaseAReplicaSaysSoThenDeniesAndComesBack() throws Exception {
    Device device = platform.enrollOne("stale");
    Waiting.until("the replica knows the device", () -> Platform.isAllowed(device, replica));
    List<ProcessHandle> postgres = postgres();
    try {
      signal("-STOP", postgres);
      Waiting.until("the replica denies", () -> word(device).equals("stale-status"));
      Waiting.until("the replica is not ready", () -> second.readiness() == 503);
      JsonNode stale = Platform.decide(device, replica);
      Instant asOf = Instant.parse(stale.path("statusAsOf").asText());
      assertThat(Platform.decide(device, replica).path("statusAsOf").asText())
          .as("the status does not grow younger by being asked for")
          .isEqualTo(stale.path("statusAsOf").asText());
      assertThat(asOf).isBefore(Instant.now());
      assertThat(device.connecting(platform, second.deviceUrl()).getFull("/me"))
          .as("a new connection of a device, on a stale status")
          .isInstanceOf(DeviceClient.Refused.class);
    } finally {
      signal("-CONT", postgres.reversed());
    }
    Waiting.until("the replica allows again", () -> Platform.isAllowed(device, replica));
    Waiting.until("the replica is ready again", () -> second.readiness() == 200);
    Waiting.until("the other one too", () -> Platform.isAllowed(device, platform.identity()));
    Waiting.until(
        "the site issues again",
        () -> platform.enrollOne("after-stale").enrollment().has("serial"));
  }

  /** Whoever sends nothing more is cut, though he holds a connection with half a request. */
  @Test
  void aClientThatStopsInTheMiddleIsCut() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            Tls.context(platform.home().tlsRoot())
                .getSocketFactory()
                .createSocket("127.0.0.1", second.url().getPort())) {
      socket.setSoTimeout(60_000);
      String token = new Tokens(platform.home(), Audience.IDENTITY, "backend").good();
      socket
          .getOutputStream()
          .write(
              ("POST /v1/decisions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Authorization: Bearer "
                      + token
                      + "\r\nContent-Length: 100\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).doesNotContain(" 200 ");
    }
  }

  private static String word(Device device) {
    return Platform.word(Platform.decide(device, replica));
  }

  /** The server's processes, the first one first, so that it starts no others meanwhile. */
  private static List<ProcessHandle> postgres() throws IOException {
    String first =
        Files.readAllLines(platform.home().postgres().resolve("postmaster.pid")).getFirst();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    postmaster.descendants().forEach(all::add);
    return all;
  }

  private static void signal(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }
  }
}
