package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The factory's part of the main job: orders, and the devices that are made under them. */
final class Factory {

  static final String LOT = "2026-W48-A";
  static final String RECALLED_LOT = "2026-W48-B";
  static final int RECALLED = 500;

  /** How long what was answered may take to be known to the identity service, on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String ORDER = "PO-1001";
  private static final String SECOND_ORDER = "PO-1002";
  private static final String MODEL = "thermostat-t7";
  private static final int QUANTITY = 1000;
  private static final int ONE_BY_ONE = 3;
  private static final int SERIAL_DIGITS_SHOWN = 8;

  private final Enrollments enrollments;
  private final Changes changes;
  private final LogEvidence evidence;
  private final Terminal terminal;
  private final List<DemoDevice> devices = new ArrayList<>();
  private final List<DemoDevice> recalled = new ArrayList<>();
  private LogEvidence.@Nullable Signed firstCheckpoint;

  Factory(Enrollments enrollments, Changes changes, LogEvidence evidence, Terminal terminal) {
    this.enrollments = enrollments;
    this.changes = changes;
    this.evidence = evidence;
    this.terminal = terminal;
  }

  /** The thousand of the first order. */
  List<DemoDevice> devices() {
    return devices;
  }

  /** Those of the second order. */
  List<DemoDevice> recalled() {
    return recalled;
  }

  /** The log's head when it had one entry. */
  LogEvidence.Signed firstCheckpoint() {
    return Objects.requireNonNull(firstCheckpoint, "kept when the first was enrolled");
  }

  void order(Stage.Record record) {
    JsonNode order = enrollments.open(order(ORDER, LOT, QUANTITY)).body();
    StepFailed.unless(
        order.path("remaining").asInt() == QUANTITY, "remaining is not 1,000: " + order);
    record.say("order %s: 1,000 of %s, lot %s".formatted(ORDER, MODEL, LOT)).note("order", order);
  }

  void enrollOneByOne(Stage.Record record) {
    var each = record.facts().putArray("devices");
    for (int i = 0; i < ONE_BY_ONE; i++) {
      String id = id(devices.size());
      DeviceKey key = DeviceKey.generate();
      Enrollments.Row row = new Enrollments.Row(id, key.requestBase64(id));
      long start = System.nanoTime();
      JsonNode answer = enrollments.enroll(ORDER, row).body();
      long nanos = System.nanoTime() - start;
      DemoDevice device = new DemoDevice(id, key, answer);
      devices.add(device);
      boolean registered = answer.path("registered").asBoolean();
      if (!registered) {
        awaitRegistered(device); // a cold or busy machine took longer than an answer waits
      }
      String serial = answer.path("serial").asText();
      record.say(
          "%s  certificate …%s, entry %d of the log, %s  %s"
              .formatted(
                  id,
                  serial.substring(serial.length() - SERIAL_DIGITS_SHOWN),
                  answer.path("log").path("index").asLong(),
                  registered
                      ? "registered"
                      : "registered after " + Terminal.time(System.nanoTime() - start),
                  Terminal.time(nanos)));
      each.addObject()
          .put("deviceId", id)
          .put("serial", answer.path("serial").asText())
          .put("registered", registered)
          .put("millis", nanos / 1e6);
      if (i == 0) {
        firstCheckpoint = evidence.siteCheckpoint();
      }
    }
  }

  void enrollBatch(Stage.Record record) {
    int count = QUANTITY - ONE_BY_ONE;
    long nanos = enrollMany(ORDER, count, devices);
    JsonNode order = enrollments.order(ORDER);
    StepFailed.unless(order.path("issued").asInt() == QUANTITY, "issued is not 1,000: " + order);
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

  void sameKey(Stage.Record record) {
    String id = "copy-of-" + devices.getFirst().id();
    DeviceKey key = devices.getFirst().key();
    refused(record, id, key, "key-in-use");
  }

  void beyondQuantity(Stage.Record record) {
    refused(record, id(QUANTITY), DeviceKey.generate(), "quota-exhausted");
    JsonNode order = enrollments.order(ORDER);
    StepFailed.unless(order.path("issued").asInt() == QUANTITY, "issued is not 1,000: " + order);
  }

  private void refused(Stage.Record record, String id, DeviceKey key, String expected) {
    try {
      enrollments.enroll(ORDER, new Enrollments.Row(id, key.requestBase64(id)));
    } catch (RefusedException e) {
      String reason = e.problem().reason();
      StepFailed.unless(reason.equals(expected), "refused for another reason: " + reason);
      record
          .say("%s: %s".formatted(reason, e.problem().detail()))
          .note("problem", e.problem().document());
      return;
    }
    throw new StepFailed(id + " was enrolled");
  }

  void makeAnotherLot(Stage.Record record) {
    enrollments.open(order(SECOND_ORDER, RECALLED_LOT, RECALLED));
    long nanos = enrollMany(SECOND_ORDER, RECALLED, recalled);
    record.say(
        "order %s, lot %s: %s/s"
            .formatted(
                SECOND_ORDER, RECALLED_LOT, Terminal.count(Math.round(RECALLED / (nanos / 1e9)))));
    awaitRegistered(recalled.getLast());
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
      StepFailed.unless(answer.path("status").asInt() == 201, "line " + (i + 1) + ": " + answer);
      into.add(new DemoDevice(rows.get(i).deviceId(), keys.get(i), answer));
    }
    return nanos;
  }

  private void awaitRegistered(DemoDevice device) {
    long start = System.nanoTime();
    JsonNode decision = changes.decide(device.certificate());
    while (decision.path("retryable").asBoolean()
        && System.nanoTime() - start < PATIENCE.toNanos()) {
      pause();
      decision = changes.decide(device.certificate());
    }
    StepFailed.unless(
        decision.path("decision").asText().equals("allow"), "not registered: " + decision);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    }
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

  private static String id(int number) {
    return "t7-%06d".formatted(number + 1);
  }
}
