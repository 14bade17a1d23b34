package dev.birthmark.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.birthmark.credential.custody.SoftwareKey;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small log behind a real HTTP server, honest and then not. */
class LogEvidenceTest {

  private static final String ORIGIN = "log.test/site";

  private final SoftwareKey logCustody = ed25519();
  private final SoftwareKey cosignerCustody = ed25519();
  private final NoteKey key = new NoteKey(ORIGIN, logCustody.publicKey());
  private final CosignerKey cosigner = new CosignerKey("id.test", cosignerCustody.publicKey());
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<byte[]> entries = new ArrayList<>();

  private HttpServer server;
  private LogEvidence evidence;

  @BeforeEach
  void serves() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = served.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    ServiceClient client =
        new ServiceClient(
            HttpClient.newHttpClient(), base, Audience.ENROLLMENT, (audience, roles) -> "token");
    evidence = new LogEvidence(client, client, key, List.of(cosigner), Trust.verifier());
  }

  @AfterEach
  void stops() {
    server.stop(0);
  }

  @Test
  void provesInclusionAndGrowth() {
    grow(3);
    LogEvidence.Signed first = evidence.cosignedCheckpoint();
    grow(4);
    LogEvidence.Signed last = evidence.siteCheckpoint();
    assertThat(last.checkpoint().size()).isEqualTo(7);
    assertThat(
            evidence
                .consistent(first, last)
                .verify(first.checkpoint().root(), last.checkpoint().root()))
        .isTrue();
    assertThat(evidence.included(5, fingerprint(5), last).index()).isEqualTo(5);
  }

  @Test
  void seesThatTheLogWasRewritten() {
    grow(3);
    LogEvidence.Signed first = evidence.siteCheckpoint();
    entries.set(1, entry(99));
    grow(4);
    LogEvidence.Signed last = evidence.siteCheckpoint();
    assertThatThrownBy(() -> evidence.consistent(first, last))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("rewritten");
  }

  @Test
  void seesThatTheLogHasShrunk() {
    grow(3);
    LogEvidence.Signed first = evidence.siteCheckpoint();
    entries.clear();
    grow(2);
    LogEvidence.Signed last = evidence.siteCheckpoint();
    assertThatThrownBy(() -> evidence.consistent(first, last))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("shrunk");
  }

  @Test
  void seesThatAnotherCertificateStandsAtThePlace() {
    grow(3);
    LogEvidence.Signed last = evidence.siteCheckpoint();
    assertThatThrownBy(() -> evidence.included(1, fingerprint(2), last))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("another certificate");
    assertThatThrownBy(() -> evidence.included(3, fingerprint(3), last))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("not yet");
  }

  @Test
  void seesAnEntryThatIsNotTheOneUnderTheRoot() {
    grow(3);
    LogEvidence.Signed last = evidence.siteCheckpoint();
    served.put(
        path("tile/entries/000.p/3"),
        EntryBundle.encode(List.of(entries.get(0), entry(77), entries.get(2))));
    assertThatThrownBy(() -> evidence.included(1, fingerprint(77), last))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("root");
  }

  @Test
  void believesNobodyElsesSignature() {
    grow(3);
    SoftwareKey stranger = ed25519();
    Checkpoint checkpoint = evidence.siteCheckpoint().checkpoint();
    SignedNote forged = new NoteKey(ORIGIN, stranger.publicKey()).sign(checkpoint.text(), stranger);
    assertThatThrownBy(() -> evidence.verified(forged.encode()))
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("not signed by the log's key");
    served.put(path("checkpoint"), key.sign(checkpoint.text(), logCustody).encode());
    assertThatThrownBy(() -> evidence.cosignedCheckpoint())
        .isInstanceOf(NotProvenException.class)
        .hasMessageContaining("cosignature");
    assertThatThrownBy(() -> evidence.verified("nonsense".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(NotProvenException.class);
  }

  private void grow(int by) {
    for (int i = 0; i < by; i++) {
      entries.add(entry(entries.size()));
    }
    int size = entries.size();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    entries.forEach(entry -> hashes.writeBytes(MerkleTree.leafHash(entry).bytes()));
    byte[] tile = hashes.toByteArray();
    StoredTree tree =
        new StoredTree(
            (level, first, count) ->
                java.util.Arrays.copyOfRange(
                    tile, (int) first * Sha256.LENGTH, (int) (first + count) * Sha256.LENGTH),
            size);
    served.put(path("tile/0/000.p/" + size), tile);
    served.put(path("tile/entries/000.p/" + size), EntryBundle.encode(entries));
    SignedNote signed = key.sign(new Checkpoint(ORIGIN, size, tree.root()).text(), logCustody);
    served.put(
        path("checkpoint"),
        cosigner.cosign(signed, Instant.ofEpochSecond(1_800_000_000), cosignerCustody).encode());
  }

  private static String path(String what) {
    return "/v1/logs/" + LogId.of(ORIGIN).hex() + "/" + what;
  }

  private static byte[] certificate(int number) {
    return ("certificate " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static Sha256 fingerprint(int number) {
    return Sha256.of(certificate(number));
  }

  private static byte[] entry(int number) {
    return new Entry(
            new Octets(certificate(number)),
            "default",
            new Warrant.None(),
            "model",
            "",
            "lot",
            "idevid",
            "party",
            "",
            Instant.ofEpochSecond(1_800_000_000),
            0,
            0)
        .encode();
  }

  private static SoftwareKey ed25519() {
    return SoftwareKey.generate(SignatureAlgorithm.ED25519, Providers.detect(), new SecureRandom());
  }
}
