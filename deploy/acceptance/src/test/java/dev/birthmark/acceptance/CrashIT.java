package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Sites;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.InstallationException;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.ProcessMark;
import dev.birthmark.cli.installation.Progress;
import dev.birthmark.cli.installation.Registration;
import dev.birthmark.cli.installation.RunState;
import dev.birthmark.cli.installation.Setup;
import dev.birthmark.credential.pkix.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed under load, chosen at random: what was answered is in the log and in the
 * registry, once; the log has only grown; every accepted change is effective.
 */
class CrashIT {
  private static final int KILLS = Boolean.getBoolean("birthmark.endurance") ? 100 : 8;
  private static final int BETWEEN = 8;
  private static final String ORDER = "crash";

  private final Home home = new Home(Platform.folder("crash"));
  private final Installation installation = new Installation(home, System.getenv());
  private final AtomicInteger devices = new AtomicInteger();
  private final ConcurrentLinkedQueue<JsonNode> answered = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> revoked = new ConcurrentLinkedQueue<>();
  private final Thread atTheEnd = new Thread(() -> installation.stopDetached(Progress.silent()));
  private volatile boolean loading = true;
  private ServiceClient enrollment;
  private ServiceClient identity;

  @AfterEach
  void stop() {
    installation.stopDetached(Progress.silent());
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
  }

  @Test
  void whatWasAnsweredSurvivesEveryKill() throws Exception {
    long seed = Long.getLong("birthmark.seed", new Random().nextLong());
    System.out.println("birthmark.seed=" + seed);
    Random random = new Random(seed);
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    Setup.ensure(installation, null, Ports::free, Progress.silent());
    Ports ports = installation.startDetached(Distribution.own(), Progress.silent());
    Registration.ensure(home, ports, Progress.silent());
    OperatorKey key = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
    var http = Tls.http(home.tlsRoot());
    enrollment = new ServiceClient(http, ports.enrollmentUrl(), Audience.ENROLLMENT, key);
    identity = new ServiceClient(http, ports.identityUrl(), Audience.IDENTITY, key);
    new Enrollments(enrollment)
        .open(
            Platform.json()
                .put("id", ORDER)
                .put("model", "m")
                .put("lot", "l")
                .put("quantity", 1_000_000));

    List<String> victims = victims(random);
    List<LogEvidence.Signed> checkpoints = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> load =
          List.of(
              threads.submit(this::enroll),
              threads.submit(this::enroll),
              threads.submit(this::enroll),
              threads.submit(this::revoke));
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          int before = answered.size();
          Waiting.until("load goes on", () -> answered.size() >= before + BETWEEN);
          checkpoints.add(evidence().siteCheckpoint());
          int until = answered.size() + random.nextInt(BETWEEN);
          Waiting.until("the moment has come", () -> answered.size() >= until);
          String victim = victims.get(kill);
          System.out.println("kill -9 " + victim + " after " + answered.size() + " answers");
          kill(victim);
          Waiting.until("all runs again", this::restart);
        }
        Sites.awaitOpen(enrollment);
      } finally {
        loading = false;
      }
      for (Future<?> one : load) {
        one.get();
      }
    }
    verify(checkpoints);
  }

  /** Each process about as often as the others, in an order of chance. */
  private static List<String> victims(Random random) {
    List<String> all = List.of("enrollment", "identity", RunState.POSTGRES);
    List<String> victims = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      victims.add(all.get(kill % all.size()));
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  private boolean restart() {
    try {
      installation.startDetached(Distribution.own(), Progress.silent());
      return true;
    } catch (InstallationException e) {
      return false; // what was killed may still hold its port or its memory for a moment
    }
  }

  private void kill(String name) throws IOException {
    ProcessHandle process =
        name.equals(RunState.POSTGRES)
            ? ProcessHandle.of(
                    Long.parseLong(
                        Files.readAllLines(home.postgres().resolve("postmaster.pid"))
                            .getFirst()
                            .strip()))
                .orElseThrow()
            : mark(name).alive().orElseThrow();
    process.destroyForcibly();
    ProcessMark mark = ProcessMark.of(process);
    Waiting.until(name + " has ended", () -> mark.alive().isEmpty());
  }

  private ProcessMark mark(String name) {
    return java.util.Objects.requireNonNull(RunState.read(home).processes().get(name));
  }

  /** Enrolls devices and repeats each request until it is answered, as a station does. */
  private void enroll() {
    Enrollments enrollments = new Enrollments(enrollment);
    while (loading) {
      String id = "crash-" + devices.incrementAndGet();
      Enrollments.Row row = new Enrollments.Row(id, DeviceKey.generate().requestBase64(id));
      repeat(() -> answered.add(enrollments.enroll(ORDER, row).body()));
    }
  }

  /** Revokes what was answered, every tenth device, with one idempotency key for each. */
  private void revoke() {
    Changes changes = new Changes(identity);
    int next = 0;
    while (loading) {
      int wanted = next;
      Waiting.until("there is something to revoke", () -> answered.size() > wanted || !loading);
      if (!loading) {
        return;
      }
      String id = answered.stream().skip(next).findFirst().orElseThrow().path("deviceId").asText();
      next += 10;
      repeat(() -> {
        changes.make("revoke", "", Platform.json().put("deviceId", id), "crash-" + id);
        revoked.add(id);
      });
    }
  }

  private void repeat(Runnable request) {
    Waiting.until(
        "a request is answered",
        () -> {
          try {
            request.run();
            return true;
          } catch (UnavailableException e) {
            return false;
          } catch (RefusedException e) {
            throw new AssertionError("refused: " + e.problem(), e);
          }
        });
  }

  private LogEvidence evidence() {
    var verifier = Trust.verifier();
    return new LogEvidence(
        enrollment,
        identity,
        Trust.siteBundle(home.siteBundle(), verifier).logs().getFirst(),
        Trust.identityBundle(home.identityBundle()).cosigners(),
        verifier);
  }

  private void verify(List<LogEvidence.Signed> checkpoints) {
    LogEvidence evidence = evidence();
    LogEvidence.Signed last = evidence.siteCheckpoint();
    for (LogEvidence.Signed earlier : checkpoints) {
      evidence.consistent(earlier, last);
    }
    Waiting.until(
        "the identity service has the whole log",
        () -> evidence.cosignedCheckpoint().checkpoint().size() >= last.checkpoint().size());
    evidence.consistent(last, evidence.siteCheckpoint());

    Set<Long> places = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Changes changes = new Changes(identity);
    Set<String> withdrawn = Set.copyOf(revoked);
    for (JsonNode answer : answered) {
      String id = answer.path("deviceId").asText();
      long index = answer.path("log").path("index").asLong();
      assertThat(places.add(index)).as("place %s is given once", index).isTrue();
      assertThat(ids.add(id)).isTrue();
      Sha256 fingerprint = Sha256.fromHex(answer.path("fingerprint").asText());
      evidence.included(index, fingerprint, last);
      JsonNode device = identity.get("/v1/devices/" + id, Role.SECURITY);
      assertThat(device.path("credentials")).as("credentials of %s", id).hasSize(1);
      assertThat(device.path("credentials").get(0).path("fingerprint").asText())
          .isEqualTo(fingerprint.hex());
      assertThat(Platform.word(changes.decide(answer.path("certificate").asText())))
          .as(id)
          .isEqualTo(withdrawn.contains(id) ? "revoked" : "allow");
    }
    // One certificate for each device: also for those whose answer was lost with a connection.
    assertThat(last.checkpoint().size()).isBetween((long) answered.size(), (long) devices.get());
    JsonNode order = new Enrollments(enrollment).order(ORDER);
    assertThat(order.path("issued").asLong()).isEqualTo(last.checkpoint().size());
    assertThat(identity.get("/v1/alarms", Role.SECURITY).path("alarms")).isEmpty();
    System.out.printf("%d kills, %d answers, %d changes%n", KILLS, answered.size(), revoked.size());
  }
}
