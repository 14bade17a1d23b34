package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.PathText;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;

/**
 * What a factory, a device, a backend and a security officer do with a running installation, in the
 * order in which they do it.
 */
final class MainJob {

  private final Home home;
  private final Ports ports;
  private final Stage stage;
  private final Changes changes;
  private final LogEvidence evidence;
  private final Factory factory;

  MainJob(Home home, Ports ports, Stage stage, Terminal terminal) {
    this.home = home;
    this.ports = ports;
    this.stage = stage;
    OperatorKey key = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
    var http = Tls.http(home.tlsRoot());
    var enrollment = new ServiceClient(http, ports.enrollmentUrl(), Audience.ENROLLMENT, key);
    var identity = new ServiceClient(http, ports.identityUrl(), Audience.IDENTITY, key);
    SignatureVerifier verifier = Trust.verifier();
    changes = new Changes(identity);
    evidence =
        new LogEvidence(
            enrollment,
            identity,
            Trust.siteBundle(home.siteBundle(), verifier).logs().getFirst(),
            Trust.identityBundle(home.identityBundle()).cosigners(),
            verifier);
    factory = new Factory(new Enrollments(enrollment), changes, evidence, terminal);
  }

  void play() {
    stage.step("The factory opens an order for 1,000 devices of one model and lot", factory::order);
    stage.step("Three devices enroll, one by one", factory::enrollOneByOne);
    stage.step("997 enroll in one batch", factory::enrollBatch);
    stage.step("The last of them connects by mutual TLS and gets a token at once", this::connect);
    stage.step("A backend asks for a decision and sees the device's facts", this::decide);
    stage.step("A second device that presents the same public key is refused", factory::sameKey);
    stage.step("Number 1,001 is refused", factory::beyondQuantity);
    stage.step("The security officer revokes one device", this::revokeOne);
    stage.step("500 more of another lot have been made", factory::makeAnotherLot);
    stage.step("That lot of 500 is revoked in one change", this::revokeLot);
    stage.step("The log is verified", this::verifyLog);
  }

  private void connect(Stage.Record record) throws IOException {
    DemoDevice last = factory.devices().getLast();
    long start = System.nanoTime();
    DeviceClient client = last.connectingTo(ports.deviceUrl(), home.tlsRoot());
    String form = "grant_type=client_credentials&client_id=" + PathText.encode(last.id());
    int tries = 1;
    DeviceClient.Outcome outcome = client.postFull("/token", form);
    while (!isToken(outcome) && System.nanoTime() - start < Factory.PATIENCE.toNanos()) {
      Factory.pause(); // a batch does not wait for the push of its entries
      outcome = client.postFull("/token", form);
      tries++;
    }
    long nanos = System.nanoTime() - start;
    StepFailed.unless(isToken(outcome), "no token: " + outcome);
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
    DemoDevice device = factory.devices().getLast();
    long start = System.nanoTime();
    JsonNode decision = changes.decide(device.certificate());
    long nanos = System.nanoTime() - start;
    StepFailed.unless(
        decision.path("decision").asText().equals("allow"), "not allowed: " + decision);
    JsonNode facts = decision.path("device");
    StepFailed.unless(facts.path("id").asText().equals(device.id()), "another device: " + decision);
    StepFailed.unless(facts.path("lot").asText().equals(Factory.LOT), "another lot: " + decision);
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

  private void revokeOne(Stage.Record record) throws IOException {
    DemoDevice device = factory.devices().get(1);
    withdraw(record, device, "key-compromise", selector("deviceId", device.id()), 1);
  }

  private void revokeLot(Stage.Record record) throws IOException {
    withdraw(
        record,
        factory.recalled().getLast(),
        "recall",
        selector("lot", Factory.RECALLED_LOT),
        Factory.RECALLED);
    long denied =
        factory.recalled().stream()
            .map(device -> changes.decide(device.certificate()))
            .filter(decision -> decision.path("reason").asText().equals("revoked"))
            .count();
    StepFailed.unless(
        denied == Factory.RECALLED, "only " + denied + " of 500 are denied as revoked");
    JsonNode other = changes.decide(factory.devices().getFirst().certificate());
    StepFailed.unless(
        other.path("decision").asText().equals("allow"), "another lot is denied: " + other);
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
    StepFailed.unless(changed == members, "the change has " + changed + " members, not " + members);
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
    LogEvidence.Signed first = factory.firstCheckpoint();
    LogEvidence.Signed last = evidence.siteCheckpoint();
    DemoDevice device = factory.devices().getFirst();
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

  private static boolean isToken(DeviceClient.Outcome outcome) {
    return outcome instanceof DeviceClient.Answered answered && answered.status() == 200;
  }

  private static ObjectNode selector(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }
}
