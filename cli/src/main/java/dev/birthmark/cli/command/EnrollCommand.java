package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Enrolls one device. */
@Command(
    name = "enroll",
    description =
        "Enroll one device: with its certification request, or with a key made here for it.",
    mixinStandardHelpOptions = true)
final class EnrollCommand implements Callable<Integer> {

  @Mixin private Context context = new Context();

  @Parameters(paramLabel = "DEVICE_ID", description = "The device's id.")
  private String deviceId = "";

  @Option(names = "--order", required = true, description = "The production order.")
  private String order = "";

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "The device's PKCS#10 request, PEM or DER (default: make a key for it).")
  private @Nullable Path request;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write DEVICE_ID.pem, DEVICE_ID-key.pem and DEVICE_ID-proof.txt.")
  private Path out = Path.of(".");

  @Override
  public Integer call() {
    Path certificate = out.resolve(deviceId + ".pem");
    Path keyFile = out.resolve(deviceId + "-key.pem");
    Path proof = out.resolve(deviceId + "-proof.txt");
    if (!deviceId.matches("[A-Za-z0-9.:-]{1,64}")) {
      throw context.usage("a device id is 1 to 64 of A-Z a-z 0-9 . : -");
    }
    boolean keyMade = request == null;
    if (keyMade && Files.exists(keyFile)) {
      throw context.usage(keyFile + " exists already: give a request, or another --out");
    }
    String text = keyMade ? makeRequest(keyFile) : readRequest();
    ServiceClient.Answer answer;
    try {
      answer =
          new Enrollments(context.enrollment()).enroll(order, new Enrollments.Row(deviceId, text));
    } catch (RefusedException e) {
      if (keyMade) {
        delete(keyFile); // after any other failure it may be the key of a certificate
      }
      throw e;
    }
    JsonNode enrolled = answer.body();
    StringBuilder chain = new StringBuilder();
    enrolled.path("chain").forEach(one -> chain.append(one.asText().strip()).append('\n'));
    PrivateFiles.open(certificate, chain.toString());
    PrivateFiles.open(proof, enrolled.path("proof").asText());
    say(answer, certificate, keyMade ? keyFile.toString() : "", proof);
    ObjectNode result = enrolled.deepCopy();
    result
        .putObject("files")
        .put("certificate", certificate.toString())
        .put("proof", proof.toString());
    context.terminal().result(result);
    return ExitCode.DONE;
  }

  private void say(ServiceClient.Answer answer, Path certificate, String key, Path proof) {
    Terminal terminal = context.terminal();
    JsonNode body = answer.body();
    terminal.say(
        terminal.good(answer.status() == 201 ? "enrolled" : "was enrolled already")
            + ": "
            + deviceId);
    terminal.facts(
        "certificate", certificate.toString(),
        "key", key,
        "proof", proof.toString(),
        "serial", body.path("serial").asText(),
        "fingerprint", body.path("fingerprint").asText(),
        "log entry",
            Terminal.count(body.path("log").path("index").asLong())
                + " of "
                + body.path("log").path("origin").asText(),
        "registered",
            body.path("registered").asBoolean()
                ? "yes: it may connect at once"
                : "not yet: the identity service has not answered; it will be");
  }

  private String makeRequest(Path keyFile) {
    DeviceKey key = DeviceKey.generate();
    PrivateFiles.secret(
        keyFile, PrivateFiles.pem("PRIVATE KEY", key.pair().getPrivate().getEncoded()));
    return key.requestBase64(deviceId);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  private String readRequest() {
    Path file = java.util.Objects.requireNonNull(request);
    try {
      byte[] octets = Files.readAllBytes(file);
      boolean der = octets.length > 0 && octets[0] == 0x30;
      return der
          ? Base64.getEncoder().encodeToString(octets)
          : new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
