package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.PathText;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a factory, a device, a backend and a security officer do with a running installation, in the
 * order in which they do it.
 */
final class MainJob {

  private static final String ORDER = "PO-1001";
  private static final String SECOND_ORDER = "PO-1002";
  private static final String MODEL = "thermostat-t7";
  private static final String LOT = "2026-W48-A";
  private static final String RECALLED_LOT = "2026-W48-B";
  private static final int QUANTITY = 1000;
  private static final int ONE_BY_ONE = 3;
  private static final int RECALLED = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long BETWEEN_MILLIS = 5;

  private final Home home;
  private final Ports ports;
  private final Stage stage;
  private final Terminal terminal;
  private final ServiceClient enrollmentService;
  private final ServiceClient identityService;
  private final Enrollments enrollments;
  private final Changes changes;
  private final List<DemoDevice> devices = new ArrayList<>();
  private final List<DemoDevice> recalled = new ArrayList<>();
  private LogEvidence.@Nullable Signed firstCheckpoint;

  MainJob(Home home, Ports ports, Stage stage, Terminal terminal) {
    this.home = home;
    this.ports = ports;
    this.stage = stage;
    this.terminal = terminal;
    OperatorKey key = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
    var http = Tls.http(home.tlsRoot());
    enrollmentService = new ServiceClient(http, ports.enrollmentUrl(), Audience.ENROLLMENT, key);
    identityService = new ServiceClient(http, ports.identityUrl(), Audience.IDENTITY, key);
    enrollments = new Enrollments(enrollmentService);
    changes = new Changes(identityService);
  }

  void play() {
    stage.step("The factory opens an order for 1,000 devices of one model and lot", this::order);
    stage.step("Three devices enroll, one by one", this::enrollOneByOne);
    stage.step("997 enroll in one batch", this::enrollBatch);
    stage.step("The last of them connects by mutual TLS and gets a token at once", this::connect);
    stage.step("A backend asks for a decision and sees the device's facts", this::decide);
    stage.step("A second device that presents the same public key is refused", this::sameKey);
    stage.step("Number 1,001 is refused", this::beyondQuantity);
    stage.step("The security officer revokes one device", this::revokeOne);
    stage.step("500 more of another lot have been made", this::makeAnotherLot);
    stage.step("That lot of 500 is revoked in one change", this::revokeLot);
    stage.step("The log is verified", this::verifyLog);
  }

  private void order(Stage.Record record) {
    JsonNode order = enrollments.open(order(ORDER, LOT, QUANTITY)).body();
    expect(order.path("remaining").asInt() == QUANTITY, "remaining is not 1,000: " + order);
    record.say("order %s: 1,000 of %s, lot %s".formatted(ORDER, MODEL, LOT)).note("order", order);
  }

  private void enrollOneByOne(Stage.Record record) {
    var each = record.facts().putArray("devices");
    for (int i = 0; i < ONE_BY_ONE; i++) {
      String id = id(devices.size());
      DeviceKey key = DeviceKey.generate();
      Enrollments.Row row = new Enrollments.Row(id, key.requestBase64(id));
      long start = System.nanoTime();
      JsonNode answer = enrollments.enroll(ORDER, row).body();
      long nanos = System.nanoTime() - start;
      devices.add(new DemoDevice(id, key, answer));
      boolean registered = answer.path("registered").asBoolean();
      record.say(
          "%s  certificate %s…, entry %d of the log, %s  %s"
              .formatted(
                  id,
                  answer.path("serial").asText().substring(0, 12),
                  answer.path("log").path("index").asLong(),
                  registered ? "registered" : "not registered yet",
                  Terminal.time(nanos)));
      each.addObject()
          .put("deviceId", id)
          .put("serial", answer.path("serial").asText())
          .put("registered", registered)
          .put("millis", nanos / 1e6);
      if (i == 0) {
        firstCheckpoint = evidence().siteCheckpoint();
      }
    }
  }

  private void enrollBatch(Stage.Record record) {
    int count = QUANTITY - ONE_BY_ONE;
    long nanos = enrollMany(ORDER, count, devices);
    JsonNode order = enrollments.order(ORDER);
    expect(order.path("issued").asInt() == QUANTITY, "issued is not 1,000: " + order);
    double perSecond = count / (nanos / 1e9);
    record
        .say(
            "997 certificates, each durable and in the log: %s/s; %s issued, %s remaining"
                .formatted(
                    Terminal.count(Math.round(perSecond)),
                    Terminal.count(order.path("issued").asInt()),
                    order.path("remaining").asText()))
        .note("perSecond", Math.round(perSecond))
        .note("order", order);
  }

  private void connect(Stage.Record record) throws IOException {
    DemoDevice last = devices.getLast();
    long start = System.nanoTime();
    DeviceClient client = last.connectingTo(ports.deviceUrl(), home.tlsRoot());
    String form = "grant_type=client_credentials&client_id=" + PathText.encode(last.id());
    int tries = 1;
    DeviceClient.Outcome outcome = client.postFull("/token", form);
    while (!isToken(outcome) && again(start)) {
      // a batch does not wait for the push of its entries
      outcome = client.postFull("/token", form);
      tries++;
    }
    long nanos = System.nanoTime() - start;
    expect(isToken(outcome), "no token: " + outcome);
    JsonNode token = ServiceClient.JSON.readTree(((DeviceClient.Answered) outcome).body());
    record
        .say(
            "%s has a token %s after its enrollment (attempt %d): type %s, good for %s s"
                .formatted(
                    last.id(),
                    Terminal.time(nanos),
                    tries,
                    token.path("token_type").asText(),
                    token.path("expires_in").asText()))
        .note("deviceId", last.id())
        .note("tokenMillis", nanos / 1e6)
        .note("attempts", tries);
  }

  private void decide(Stage.Record record) {
    DemoDevice device = devices.getLast();
    long start = System.nanoTime();
    JsonNode decision = changes.decide(device.certificate());
    long nanos = System.nanoTime() - start;
    expect(decision.path("decision").asText().equals("allow"), "not allowed: " + decision);
    JsonNode facts = decision.path("device");
    expect(facts.path("id").asText().equals(device.id()), "another device: " + decision);
    expect(facts.path("lot").asText().equals(LOT), "another lot: " + decision);
    record
        .say(
            "allow: %s, model %s, lot %s, order %s, site %s; status as of %s  %s"
                .formatted(
                    facts.path("id").asText(),
                    facts.path("model").asText(),
                    facts.path("lot").asText(),
                    facts.path("order").asText(),
                    facts.path("site").asText(),
                    decision.path("statusAsOf").asText(),
                    Terminal.time(nanos)))
        .note("decision", decision);
  }

  private void sameKey(Stage.Record record) {
    String id = "copy-of-" + devices.getFirst().id();
    DeviceKey key = devices.getFirst().key();
    refused(record, id, key, "key");
  }

  private void beyondQuantity(Stage.Record record) {
    refused(record, id(QUANTITY), DeviceKey.generate(), "");
    JsonNode order = enrollments.order(ORDER);
    expect(order.path("issued").asInt() == QUANTITY, "issued is not 1,000: " + order);
  }

  private void refused(Stage.Record record, String id, DeviceKey key, String reasonWith) {
    try {
      enrollments.enroll(ORDER, new Enrollments.Row(id, key.requestBase64(id)));
    } catch (RefusedException e) {
      String reason = e.problem().reason();
      expect(reason.contains(reasonWith), "refused for another reason: " + reason);
      record
          .say("%s: %s".formatted(reason, e.problem().detail()))
          .note("problem", e.problem().document());
      return;
    }
    throw new StepFailed(id + " was enrolled");
  }

  private void revokeOne(Stage.Record record) throws IOException {
    DemoDevice device = devices.get(1);
    withdraw(record, device, "key-compromise", selector("deviceId", device.id()), 1);
  }

  private void makeAnotherLot(Stage.Record record) {
    enrollments.open(order(SECOND_ORDER, RECALLED_LOT, RECALLED));
    long nanos = enrollMany(SECOND_ORDER, RECALLED, recalled);
    record.say(
        "order %s, lot %s: %s/s"
            .formatted(
                SECOND_ORDER, RECALLED_LOT, Terminal.count(Math.round(RECALLED / (nanos / 1e9)))));
    awaitRegistered(recalled.getLast());
  }

  private void revokeLot(Stage.Record record) throws IOException {
    withdraw(record, recalled.getLast(), "recall", selector("lot", RECALLED_LOT), RECALLED);
    long denied =
        recalled.stream()
            .map(device -> changes.decide(device.certificate()))
            .filter(decision -> decision.path("reason").asText().equals("revoked"))
            .count();
    expect(denied == RECALLED, "only " + denied + " of 500 are denied as revoked");
    JsonNode other = changes.decide(devices.getFirst().certificate());
    expect(other.path("decision").asText().equals("allow"), "another lot is denied: " + other);
    record.say("all 500 are denied as revoked; a device of the other lot is still allowed");
  }

  private void withdraw(
      Stage.Record record, DemoDevice device, String reason, ObjectNode selector, int members)
      throws IOException {
    DeviceClient client = device.connectingTo(ports.deviceUrl(), home.tlsRoot());
    Withdrawal.Figures figures =
        new Withdrawal(changes, client, device.certificate())
            .measure(() ->
                changes.make("revoke", reason, selector, UUID.randomUUID().toString()).body());
    int changed = figures.change().path("members").asInt();
    expect(changed == members, "the change has " + changed + " members, not " + members);
    record.say(
        "change %s with %s member%s, answered after %.0f ms; %s:"
            .formatted(
                figures.change().path("position").asText(),
                Terminal.count(members),
                members == 1 ? "" : "s",
                figures.answered(),
                device.id()));
    ObjectNode millis = record.facts().putObject("millisUntil");
    for (Withdrawal.Door door : figures.doors()) {
      record.say("  %-25s %6.1f ms  (%s)".formatted(door.name(), door.millis(), door.how()));
      millis.put(door.name(), door.millis());
    }
    record.note("change", figures.change()).note("answeredMillis", figures.answered());
  }

  private void verifyLog(Stage.Record record) {
    LogEvidence evidence = evidence();
    LogEvidence.Signed first =
        java.util.Objects.requireNonNull(firstCheckpoint, "kept when the first was enrolled");
    LogEvidence.Signed last = evidence.siteCheckpoint();
    DemoDevice device = devices.getFirst();
    long index = device.enrollment().path("log").path("index").asLong();
    Sha256 fingerprint = Sha256.fromHex(device.enrollment().path("fingerprint").asText());
    int inclusion = evidence.included(index, fingerprint, last).path().size();
    int consistency = evidence.consistent(first, last).path().size();
    LogEvidence.Signed cosigned = evidence.cosignedCheckpoint();
    evidence.consistent(cosigned, last);
    record
        .say(
            "%s is entry %d of %s, proven by %d hashes"
                .formatted(device.id(), index, Terminal.count(last.checkpoint().size()), inclusion))
        .say(
            "from the first checkpoint (%d) to the last (%s) the log has only grown: %d hashes"
                .formatted(
                    first.checkpoint().size(),
                    Terminal.count(last.checkpoint().size()),
                    consistency))
        .say(
            "the identity service has cosigned %s entries at %s"
                .formatted(
                    Terminal.count(cosigned.checkpoint().size()),
                    cosigned.cosignedAt().map(Object::toString).orElse("")))
        .note("origin", last.checkpoint().origin())
        .note("firstSize", first.checkpoint().size())
        .note("size", last.checkpoint().size())
        .note("cosignedSize", cosigned.checkpoint().size());
  }

  private long enrollMany(String order, int count, List<DemoDevice> into) {
    int from = devices.size() + recalled.size();
    List<DeviceKey> keys =
        IntStream.range(0, count).parallel().mapToObj(i -> DeviceKey.generate()).toList();
    List<Enrollments.Row> rows =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(
                i -> new Enrollments.Row(id(from + i), keys.get(i).requestBase64(id(from + i))))
            .toList();
    long start = System.nanoTime();
    List<JsonNode> answers =
        enrollments.enrollAll(order, rows, done -> terminal.bar("enrolling", done, count));
    long nanos = System.nanoTime() - start;
    for (int i = 0; i < count; i++) {
      JsonNode answer = answers.get(i);
      expect(answer.path("status").asInt() == 201, "line " + (i + 1) + ": " + answer);
      into.add(new DemoDevice(rows.get(i).deviceId(), keys.get(i), answer));
    }
    return nanos;
  }

  private void awaitRegistered(DemoDevice device) {
    long start = System.nanoTime();
    JsonNode decision = changes.decide(device.certificate());
    while (decision.path("retryable").asBoolean() && again(start)) {
      decision = changes.decide(device.certificate());
    }
    expect(decision.path("decision").asText().equals("allow"), "not registered: " + decision);
  }

  /** Waits a moment before another attempt, if what began then may still be waited for. */
  private static boolean again(long start) {
    try {
      Thread.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return System.nanoTime() - start < PATIENCE.toNanos();
  }

  private LogEvidence evidence() {
    SignatureVerifier verifier = Trust.verifier();
    return new LogEvidence(
        enrollmentService,
        identityService,
        Trust.siteBundle(home.siteBundle(), verifier).logs().getFirst(),
        Trust.identityBundle(home.identityBundle()).cosigners(),
        verifier);
  }

  private static boolean isToken(DeviceClient.Outcome outcome) {
    return outcome instanceof DeviceClient.Answered answered && answered.status() == 200;
  }

  private static ObjectNode order(String id, String lot, int quantity) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("model", MODEL)
        .put("hardwareRevision", "B")
        .put("lot", lot)
        .put("quantity", quantity);
  }

  private static ObjectNode selector(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private static String id(int number) {
    return "t7-%06d".formatted(number + 1);
  }

  private static void expect(boolean condition, String otherwise) {
    if (!condition) {
      throw new StepFailed(otherwise);
    }
  }
}
