package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Role;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.credential.trust.SiteBundle;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one site can do to the platform, with its real keys in the wrong hands. */
class TwoSitesIT {
  private static Platform platform;
  private static SecondSite second;

  @BeforeAll
  static void startASecondSite() throws Exception {
    platform = Platform.shared();
    second = SecondSite.start(platform);
  }

  @AfterAll
  static void stopIt() {
    second.close();
  }

  @Test
  void aKeyThatCameFromBothSitesPutsTheLaterCredentialOnHold() {
    Device earlier = platform.enrollOne("twin-1");
    Device later = second.enroll("twin-2", earlier.key());

    JsonNode decision = Platform.decide(later, platform.identity());
    assertThat(Platform.word(decision)).isEqualTo("suspended");
    assertThat(decision.path("cause").asText()).isEqualTo("duplicate-key");
    assertThat(platform.word(earlier)).isEqualTo("allow");
    assertThat(timeline("twin-2")).contains("duplicate-key");
    assertThat(timeline("twin-1")).contains("duplicate-key");
  }

  @Test
  void anIdThatCameFromBothSitesPutsTheLaterCredentialOnHold() {
    Device earlier = platform.enrollOne("same-id");
    Device later = second.enroll("same-id", DeviceKey.generate());

    JsonNode decision = Platform.decide(later, platform.identity());
    assertThat(Platform.word(decision)).isEqualTo("suspended");
    assertThat(decision.path("cause").asText()).isEqualTo("duplicate-id");
    assertThat(platform.word(earlier)).isEqualTo("allow");
  }

  private static String timeline(String device) {
    return platform
        .identity()
        .get("/v1/devices/" + device, Role.SECURITY)
        .path("timeline")
        .toString();
  }

  @Test
  void theCasRealKeyOutsideOfTheLogOpensNothing() throws Exception {
    Device genuine = second.enroll("genuine", DeviceKey.generate());
    assertThat(platform.word(genuine)).isEqualTo("allow");

    JsonNode beyond = decide(forged("stolen-1", 1_000_000));
    assertThat(Platform.word(beyond)).isEqualTo("not-in-log");
    assertThat(beyond.path("retryable").asBoolean()).isTrue();

    JsonNode instead = decide(forged("stolen-2", genuine.index()));
    assertThat(Platform.word(instead)).isEqualTo("log-mismatch");
    Waiting.until("an alarm tells of it", () -> alarms().contains("\"log-mismatch\""));
    assertThat(platform.word(genuine)).isEqualTo("allow");
  }

  private static JsonNode decide(byte[] certificate) {
    return platform
        .changes()
        .decide(
            Platform.json().put("certificate", Base64.getEncoder().encodeToString(certificate)));
  }

  /** A certificate that only the log's absence tells from a genuine one. */
  private static byte[] forged(String device, long index) throws Exception {
    SiteBundle bundle = second.bundle();
    LogId log = LogId.of(bundle.logs().getFirst().name());
    CertificateTemplate template =
        new CertificateTemplate(
            bundle.issuers().getFirst(),
            SignatureAlgorithm.ECDSA_SHA256,
            bundle.baseUrl(),
            log.hex(),
            CertificateContent.FULL);
    byte[] tbs =
        template.tbs(
            CertificateSerial.of(log.serialBits(), index, 42),
            new DeviceId(device),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(5)),
            CertificateTemplate.NO_EXPIRY,
            SubjectPublicKey.parse(DeviceKey.generate().pair().getPublic().getEncoded()));
    return template.certificate(tbs, second.issuerKey().sign(tbs));
  }

  @Test
  void anotherTreeOfTheSameLogIsRefusedWithAnAlarm() throws Exception {
    Device device = second.enroll("before-fork", DeviceKey.generate());
    NoteKey log = second.bundle().logs().getFirst();
    URI address = platform.ports().identityUrl().resolve("/v1/logs/" + LogId.of(log.name()).hex());
    HttpClient uplink = second.uplink();
    byte[] bundle =
        uplink
            .send(
                HttpRequest.newBuilder(URI.create(address + "/entries?from=0")).GET().build(),
                BodyHandlers.ofByteArray())
            .body();
    List<byte[]> entries = EntryBundle.decode(bundle, 10_000);
    byte[] last = entries.getLast();
    last[last.length - 20] ^= 1; // the same log but for one octet

    Checkpoint head =
        new Checkpoint(
            log.name(),
            entries.size(),
            RightEdge.empty()
                .append(entries.stream().map(MerkleTree::leafHash).toList())
                .after()
                .root());
    HttpResponse<String> answer = push(uplink, address, log, head, entries);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(Device.json(answer.body()).path("reason").asText()).isEqualTo("log-forked");
    assertThat(alarms()).contains("\"fork\"");
    assertThat(platform.word(device)).isEqualTo("allow");
  }

  private static HttpResponse<String> push(
      HttpClient uplink, URI address, NoteKey log, Checkpoint head, List<byte[]> entries)
      throws Exception {
    byte[] note = log.sign(head.text(), second.logKey()).encode();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeInt(note.length);
    out.write(note);
    out.write(EntryBundle.encode(entries));
    return uplink.send(
        HttpRequest.newBuilder(URI.create(address + "?from=0"))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aSiteReadsAndWritesNobodyElsesLog() throws Exception {
    String first =
        platform.enrollment().get("/v1/site", Role.FACTORY).path("log").path("id").asText();
    HttpClient uplink = second.uplink();
    URI log = platform.ports().identityUrl().resolve("/v1/logs/" + first);
    HttpResponse<String> read =
        uplink.send(
            HttpRequest.newBuilder(URI.create(log + "/entries?from=0")).GET().build(),
            BodyHandlers.ofString());
    assertThat(read.statusCode()).isEqualTo(404);
    NoteKey own = second.bundle().logs().getFirst();
    Checkpoint head = new Checkpoint(own.name(), 0, MerkleTree.EMPTY_ROOT);
    assertThat(push(uplink, log, own, head, List.of()).statusCode()).isEqualTo(404);
  }

  private static String alarms() {
    return platform.identity().get("/v1/alarms", Role.SECURITY).toString();
  }
}
