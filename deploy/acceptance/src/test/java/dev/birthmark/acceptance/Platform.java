package dev.birthmark.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.installation.AttachedInstallation;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.installation.Progress;
import dev.birthmark.cli.installation.Registration;
import dev.birthmark.cli.installation.ServiceName;
import dev.birthmark.cli.installation.Setup;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An installation: set up from nothing, started, and gone at the end. */
final class Platform implements AutoCloseable {
  private static Platform shared;

  private final Home home;
  private final AttachedInstallation running;
  private final HttpClient http;
  private final OperatorKey operator;

  private Platform(Home home, AttachedInstallation running) {
    this.home = home;
    this.running = running;
    this.http = Tls.http(home.tlsRoot());
    this.operator = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
  }

  /** The installation that most test classes share; it ends with this JVM. */
  static synchronized Platform shared() {
    if (shared == null) {
      shared = start("shared");
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Where a test class may put files; empty at first. */
  static Path folder(String name) {
    Path folder = Path.of("target", "acceptance", name).toAbsolutePath();
    PrivateFiles.deleteTree(folder);
    return folder;
  }

  /** Makes an installation, starts it on free ports and registers its site. */
  static Platform start(String name) {
    Home home = new Home(folder(name));
    Installation installation = new Installation(home, System.getenv());
    Setup.ensure(installation, null, Ports::free, Progress.silent());
    // On a busy machine a push may take longer than production waits for it.
    PrivateFiles.open(
        home.service(ServiceName.ENROLLMENT).resolve("enrollment-own.properties"),
        "birthmark.enrollment.await-registration=PT30S\n");
    AttachedInstallation running =
        installation.startAttached(Distribution.own(), Progress.silent());
    try {
      Registration.ensure(home, running.ports(), Progress.silent());
      return new Platform(home, running);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  @Override
  public void close() {
    running.close();
  }

  /** Where its files lie. */
  Home home() {
    return home;
  }

  /** Where it listens. */
  Ports ports() {
    return running.ports();
  }

  /** Signs tokens that the services believe. */
  OperatorKey operator() {
    return operator;
  }

  /** Trusts the services' TLS certificates. */
  HttpClient http() {
    return http;
  }

  /** The enrollment service's API. */
  ServiceClient enrollment() {
    return new ServiceClient(http, ports().enrollmentUrl(), Audience.ENROLLMENT, operator);
  }

  /** The identity service's API. */
  ServiceClient identity() {
    return identity(ports().identityUrl());
  }

  /** The API of a replica of the identity service. */
  ServiceClient identity(URI replica) {
    return new ServiceClient(http, replica, Audience.IDENTITY, operator);
  }

  /** Changes of trust and decisions. */
  Changes changes() {
    return new Changes(identity());
  }

  /** Opens an order of one model, with its own lot. */
  void order(String id, int quantity) {
    ObjectNode order =
        json()
            .put("id", id)
            .put("model", "thermostat-t7")
            .put("hardwareRevision", "B")
            .put("lot", lot(id))
            .put("quantity", quantity);
    new Enrollments(enrollment()).open(order);
  }

  /** The lot of an order. */
  static String lot(String order) {
    return "lot-" + order;
  }

  /** Enrolls a device with a new key. */
  Device enroll(String order, String id) {
    DeviceKey key = DeviceKey.generate();
    JsonNode answer =
        new Enrollments(enrollment())
            .enroll(order, new Enrollments.Row(id, key.requestBase64(id)))
            .body();
    return new Device(id, key, answer);
  }

  /** Opens an order for one device and enrolls it. */
  Device enrollOne(String id) {
    order("order-" + id, 1);
    return enroll("order-" + id, id);
  }

  /** Enrolls many, in one batch, with ids {@code PREFIX-0} and so on; waits until all are known. */
  List<Device> enrollAll(String order, String prefix, int count) {
    List<DeviceKey> keys = new ArrayList<>();
    List<Enrollments.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(DeviceKey.generate());
      rows.add(new Enrollments.Row(prefix + "-" + i, keys.get(i).requestBase64(prefix + "-" + i)));
    }
    List<JsonNode> answers = new Enrollments(enrollment()).enrollAll(order, rows, done -> {});
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      devices.add(new Device(prefix + "-" + i, keys.get(i), answers.get(i)));
    }
    Waiting.until("the batch is registered", () -> isAllowed(devices.getLast(), identity()));
    return devices;
  }

  /** Whether a replica lets a device in. */
  static boolean isAllowed(Device device, ServiceClient replica) {
    return decide(device, replica).path("decision").asText().equals("allow");
  }

  /** A replica's decision about a device's certificate. */
  static JsonNode decide(Device device, ServiceClient replica) {
    return new Changes(replica).decide(device.certificate());
  }

  /** The decision about a device in one word: allow, or the reason of the refusal. */
  String word(Device device) {
    return word(decide(device, identity()));
  }

  /** A decision in one word. */
  static String word(JsonNode decision) {
    return decision.path("reason").asText(decision.path("decision").asText());
  }

  /** Makes a change that nobody made before. */
  JsonNode change(String kind, String reason, String by, String value) {
    return changes().make(kind, reason, json().put(by, value), UUID.randomUUID().toString()).body();
  }

  /** The log, verified from outside. */
  LogEvidence evidence() {
    SignatureVerifier verifier = Trust.verifier();
    return new LogEvidence(
        enrollment(),
        identity(),
        Trust.siteBundle(home.siteBundle(), verifier).logs().getFirst(),
        Trust.identityBundle(home.identityBundle()).cosigners(),
        verifier);
  }

  /** The reason of a refusal. */
  static String refusal(Runnable attempt) {
    try {
      attempt.run();
    } catch (RefusedException e) {
      return e.problem().status() + " " + e.problem().reason();
    }
    return "not refused";
  }

  /** An empty JSON object. */
  static ObjectNode json() {
    return ServiceClient.JSON.createObjectNode();
  }
}
