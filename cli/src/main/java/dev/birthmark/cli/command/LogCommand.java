package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.LogEvidence;
import dev.birthmark.cli.client.PathText;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Trust;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.terminal.Terminal;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The issuance log. */
@Command(
    name = "log",
    description = "Verify the issuance log.",
    mixinStandardHelpOptions = true,
    subcommands = LogCommand.Verify.class)
final class LogCommand {

  /** Verifies the log and, if asked, a device's place in it. */
  @Command(
      name = "verify",
      description =
          "Verify signatures, that the log has only grown since it was first verified here, and,"
              + " for a device, that its certificates are in it. Exit code 4 if anything does not"
              + " hold.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(arity = "0..1", paramLabel = "DEVICE_ID", description = "A device to look for.")
    private @Nullable String deviceId;

    @Option(
        names = "--site-bundle",
        paramLabel = "FILE",
        description = "Where the log's key is named (default: this installation's).")
    private @Nullable Path siteBundle;

    @Option(
        names = "--identity-bundle",
        paramLabel = "FILE",
        description = "Where the cosigner's key is named (default: this installation's).")
    private @Nullable Path identityBundle;

    @Override
    public Integer call() {
      SignatureVerifier verifier = Trust.verifier();
      ServiceClient enrollment = context.enrollment();
      ServiceClient identity = context.identity();
      var site =
          Trust.siteBundle(siteBundle != null ? siteBundle : context.home().siteBundle(), verifier);
      var cosigners =
          Trust.identityBundle(
                  identityBundle != null ? identityBundle : context.home().identityBundle())
              .cosigners();
      ObjectNode result = Context.object();
      ArrayNode logs = result.putArray("logs");
      for (NoteKey key : site.logs()) {
        logs.add(grown(new LogEvidence(enrollment, identity, key, cosigners, verifier)));
      }
      if (deviceId != null) {
        JsonNode device = identity.get("/v1/devices/" + PathText.encode(deviceId), Role.AUDITOR);
        ArrayNode proofs = result.putArray("device");
        for (JsonNode credential : device.path("credentials")) {
          NoteKey key =
              site.logs().stream()
                  .filter(log -> hex(log).equals(credential.path("log").path("id").asText()))
                  .findFirst()
                  .orElseThrow(
                      () -> context.usage("the site bundle does not name the device's log"));
          proofs.add(
              included(
                  new LogEvidence(enrollment, identity, key, cosigners, verifier), credential));
        }
      }
      context.terminal().result(result);
      return ExitCode.DONE;
    }

    private ObjectNode grown(LogEvidence evidence) {
      LogEvidence.Signed site = evidence.siteCheckpoint();
      LogEvidence.Signed cosigned = evidence.cosignedCheckpoint();
      evidence.consistent(cosigned, site);
      Path noted =
          context.home().operator().resolve("checkpoints").resolve(evidence.log().hex() + ".txt");
      LogEvidence.Signed first = Files.exists(noted) ? evidence.verified(read(noted)) : site;
      evidence.consistent(first, site);
      if (!Files.exists(noted)) {
        PrivateFiles.open(noted, site.note().toString());
      }
      Terminal terminal = context.terminal();
      terminal.say(terminal.good("verified") + ": log " + site.checkpoint().origin());
      terminal.facts(
          "entries", Terminal.count(site.checkpoint().size()) + ", signed by the log's key",
          "root", site.checkpoint().root().hex(),
          "cosigned",
              "%s entries at %s, consistent"
                  .formatted(
                      Terminal.count(cosigned.checkpoint().size()),
                      cosigned.cosignedAt().map(Object::toString).orElse("")),
          "grown from",
              "%s entries, consistent; noted in %s"
                  .formatted(Terminal.count(first.checkpoint().size()), noted));
      return Context.object()
          .put("log", evidence.log().hex())
          .put("origin", site.checkpoint().origin())
          .put("size", site.checkpoint().size())
          .put("root", site.checkpoint().root().hex())
          .put("cosignedSize", cosigned.checkpoint().size())
          .put("cosignedAt", cosigned.cosignedAt().map(Object::toString).orElse(""))
          .put("firstSize", first.checkpoint().size())
          .put("consistent", true);
    }

    private ObjectNode included(LogEvidence evidence, JsonNode credential) {
      long index = credential.path("log").path("index").asLong();
      String fingerprint = credential.path("fingerprint").asText();
      LogEvidence.Signed checkpoint = evidence.cosignedCheckpoint();
      var proof = evidence.included(index, Sha256.fromHex(fingerprint), checkpoint);
      Terminal terminal = context.terminal();
      terminal.say(
          terminal.good("included")
              + ": %s is entry %s, proven by %d hashes to the cosigned root of %s entries"
                  .formatted(
                      deviceId,
                      Terminal.count(index),
                      proof.path().size(),
                      Terminal.count(proof.size())));
      return Context.object()
          .put("serial", credential.path("serial").asText())
          .put("fingerprint", fingerprint)
          .put("log", evidence.log().hex())
          .put("index", index)
          .put("size", proof.size())
          .put("included", true);
    }

    private static String hex(NoteKey log) {
      return LogId.of(log.name()).hex();
    }

    private static byte[] read(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }
}
