package dev.birthmark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.ServiceClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BirthmarkTest {

  private static final PrintStream STANDARD_OUT = System.out;
  private static final PrintStream STANDARD_ERROR = System.err;

  @TempDir Path home;

  private record Ran(int exit, String out, String err) {
    JsonNode json() {
      try {
        return ServiceClient.JSON.readTree(out);
      } catch (IOException e) {
        throw new AssertionError("not one JSON object: " + out, e);
      }
    }
  }

  private Ran run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = Birthmark.run(all.toArray(String[]::new));
      return new Ran(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(STANDARD_OUT);
      System.setErr(STANDARD_ERROR);
    }
  }

  private Ran at(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--home", home.toString()));
    return run(all.toArray(String[]::new));
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    Ran help = run("--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("demo", "up", "down", "status", "test", "bench", "ca", "site", "order")
        .contains("enroll", "enroll-batch", "check", "revoke", "suspend", "restore", "watch")
        .contains("device", "log", "token", "Exit codes", "130");
  }

  @Test
  void everyCommandHasHelpAndJson() {
    var root =
        Birthmark.commandLine(
            new dev.birthmark.cli.terminal.Terminal(
                STANDARD_OUT, STANDARD_ERROR, false, false, false),
            false);
    leaves(root)
        .forEach(leaf ->
            assertThat(leaf.getCommandSpec().optionsMap())
                .as(leaf.getCommandSpec().qualifiedName())
                .containsKeys("--help", "--json", "--home"));
  }

  private static List<picocli.CommandLine> leaves(picocli.CommandLine command) {
    List<picocli.CommandLine> leaves = new ArrayList<>();
    for (picocli.CommandLine sub : command.getSubcommands().values()) {
      if (sub.getCommand() instanceof picocli.CommandLine.HelpCommand) {
        continue;
      }
      if (sub.getSubcommands().isEmpty()) {
        leaves.add(sub);
      } else {
        leaves.addAll(leaves(sub));
      }
    }
    return leaves;
  }

  @Test
  void whatItDoesNotUnderstandEndsWithTwoAndSaysWhereHelpIs() {
    assertThat(run().exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("enrol").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("order", "open").exit()).isEqualTo(ExitCode.USAGE);
    Ran missing = run("revoke");
    assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("birthmark revoke --help");
    assertThat(run("revoke", "a", "--lot", "b").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("test").err()).contains("./birthmark test");
  }

  @Test
  void whatIsNotThereEndsWithThreeAndSaysHowToMakeIt() {
    Ran status = at("status");
    assertThat(status.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(status.out()).contains("birthmark up");
    assertThat(at("status", "--json").json().path("state").asText()).isEqualTo("none");

    Ran list = at("device", "list", "--json");
    assertThat(list.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(list.json().path("error").path("detail").asText()).contains("birthmark up");
    assertThat(list.json().path("exit").asInt()).isEqualTo(list.exit());
    assertThat(list.err()).isEmpty();
  }

  @Test
  void aStackTraceIsShownOnlyOnDemand() {
    assertThat(at("device", "list").err()).doesNotContain("\tat ");
    assertThat(at("device", "list", "--debug").err()).contains("\tat ");
  }

  @Test
  void doesNotWithdrawALotWithoutBeingSure() {
    Ran lot = at("revoke", "--lot", "2026-W48");
    assertThat(lot.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(lot.err()).contains("--yes");
    assertThat(at("revoke", "--lot", "2026-W48", "--yes").exit()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void downIsDoneWhereNothingRuns() {
    assertThat(at("down", "--json").json().path("state").asText()).isEqualTo("down");
  }

  @Test
  void printsATokenThatTheServicesCanVerify() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Path key = home.resolve("operator").resolve("token-key.pem");
    Files.createDirectories(key.getParent());
    Files.writeString(
        key,
        dev.birthmark.cli.installation.PrivateFiles.pem(
            "PRIVATE KEY", pair.getPrivate().getEncoded()));

    Ran ran = at("token", "--role", "backend,auditor", "--life", "PT2H", "--party", "ci", "--json");
    assertThat(ran.exit()).isZero();
    String[] parts = ran.json().path("token").asText().split("\\.");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(pair.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    JsonNode claims = ServiceClient.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("iss").asText()).isEqualTo("birthmark-local");
    assertThat(claims.path("aud").asText()).isEqualTo("birthmark-identity");
    assertThat(claims.path("azp").asText()).isEqualTo("ci");
    assertThat(claims.path("tenant").asText()).isEqualTo("default");
    assertThat(claims.path("roles"))
        .extracting(JsonNode::asText)
        .containsExactly("backend", "auditor");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(7200);

    assertThat(at("token", "--role", "king").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(at("token", "--role", "admin", "--life", "P2D").exit()).isEqualTo(ExitCode.USAGE);
  }
}
