package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.PathText;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks for a decision, as a backend does when a device connects. */
@Command(
    name = "check",
    description = "Ask whether a device may connect. Exit code 0 for allow, 1 for deny.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  @Mixin private Context context = new Context();

  @Parameters(
      paramLabel = "WHAT",
      description =
          "A certificate file (PEM chain or DER), a fingerprint (SHA-256 in hex), or a device id"
              + " (its newest credential).")
  private String what = "";

  @Override
  public Integer call() {
    ServiceClient identity = context.identity();
    ObjectNode question = Context.object();
    Path file = Path.of(what);
    String digits = what.replace(":", "").toLowerCase(java.util.Locale.ROOT);
    if (Files.isRegularFile(file)) {
      readChain(file, question);
    } else if (digits.matches("[0-9a-f]{64}")) {
      question.put("fingerprint", digits);
    } else {
      question.put("fingerprint", newestFingerprint(identity));
    }
    JsonNode decision = new Changes(identity).decide(question);
    boolean allowed = decision.path("decision").asText().equals("allow");
    Terminal terminal = context.terminal();
    terminal.say(allowed ? terminal.good("allow") : terminal.bad("deny"));
    JsonNode device = decision.path("device");
    terminal.facts(
        "reason", decision.path("reason").asText(""),
        "detail", decision.path("detail").asText(""),
        "next step", decision.path("nextStep").asText(""),
        "device", device.path("id").asText(""),
        "model", device.path("model").asText(""),
        "hardware", device.path("hardwareRevision").asText(""),
        "lot", device.path("lot").asText(""),
        "order", device.path("order").asText(""),
        "site", device.path("site").asText(""),
        "serial", device.path("credential").path("serial").asText(""),
        "status as of", decision.path("statusAsOf").asText(""),
        "feed position", decision.path("position").asText(""));
    terminal.result(decision);
    return allowed ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void readChain(Path file, ObjectNode question) {
    try {
      byte[] octets = Files.readAllBytes(file);
      Matcher pem = CERTIFICATE.matcher(new String(octets, StandardCharsets.US_ASCII));
      var chain = question.putArray("chain");
      while (pem.find()) {
        chain.add(pem.group());
      }
      if (chain.isEmpty()) {
        chain.add(Base64.getEncoder().encodeToString(octets));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private String newestFingerprint(ServiceClient identity) {
    JsonNode device = identity.get("/v1/devices/" + PathText.encode(what), Role.BACKEND);
    String newest = "";
    String since = "";
    for (JsonNode credential : device.path("credentials")) {
      String notBefore = credential.path("notBefore").asText();
      if (notBefore.compareTo(since) >= 0) {
        since = notBefore;
        newest = credential.path("fingerprint").asText();
      }
    }
    return newest;
  }
}
