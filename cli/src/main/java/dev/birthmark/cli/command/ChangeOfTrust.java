package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.terminal.Terminal;
import java.io.Console;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What revoking, suspending and restoring have in common. */
final class ChangeOfTrust {

  @Mixin private Context context = new Context();

  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description =
          "Why, for example key-compromise, superseded, cessation-of-operation, recall, lost.")
  private String reason = "";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key again finds the same change (default: a new one).")
  private String key = "";

  @Option(names = "--yes", description = "Do not ask, however many devices it concerns.")
  private boolean yes;

  int make(String kind, String done) {
    Terminal terminal = context.terminal();
    if (selection.isWide() && !kind.equals("restore") && !yes) {
      confirm(terminal, kind);
    }
    Changes changes = new Changes(context.identity());
    String idempotencyKey = key.isEmpty() ? UUID.randomUUID().toString() : key;
    long start = System.nanoTime();
    ServiceClient.Answer answer = changes.make(kind, reason, selection.selector(), idempotencyKey);
    long millis = (System.nanoTime() - start) / 1_000_000;
    JsonNode change = answer.body();
    terminal.say(
        terminal.good(done)
            + " %s: %s credential%s in change %s, in force when it was answered, after %d ms"
                .formatted(
                    selection.text(),
                    Terminal.count(change.path("members").asLong()),
                    change.path("members").asLong() == 1 ? "" : "s",
                    change.path("position").asText(),
                    millis));
    if (change.path("members").asLong() == 0 && !kind.equals("restore")) {
      terminal.say("  nothing that is known matches it; what arrives later will be withdrawn");
    }
    if (answer.status() == 200) {
      terminal.say("  the same request was made before; this is its change");
    }
    ObjectNode result = change.deepCopy();
    terminal.result(result.put("millis", millis));
    return ExitCode.DONE;
  }

  private void confirm(Terminal terminal, String kind) {
    Console console = System.console();
    if (!terminal.interactive() || console == null) {
      throw context.usage(
          "this may concern many devices, and later ones too: add --yes if that is what you want");
    }
    String answer =
        console.readLine("%s every device of %s, later ones too? [y/N] ", kind, selection.text());
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw context.usage("not confirmed; nothing was changed");
    }
  }
}
