package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Feed;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows the status feed as a consumer that keeps the protocol. */
@Command(
    name = "watch",
    description =
        "Follow the changes of trust, acknowledging each; goes on where it ended the last time."
            + " With --json, one object a line.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

  private static final long PAUSE_MILLIS = 1000;

  @Mixin private Context context = new Context();

  @Option(
      names = "--name",
      defaultValue = "birthmark-watch",
      description = "Name of the consumer (default: ${DEFAULT-VALUE}).")
  private String name = "";

  @Option(
      names = "--after",
      paramLabel = "POSITION",
      description = "Begin after this position (default: where it ended; else the beginning).")
  private @Nullable String after;

  @Option(names = "--once", description = "End when all that is there has been shown.")
  private boolean once;

  @Override
  public Integer call() {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw context.usage("--name must be 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    Terminal terminal = context.terminal();
    Feed feed = new Feed(context.identity(), name);
    Path cursorFile = context.home().operator().resolve("watch-" + name + ".position");
    String position = after != null ? after : readCursor(cursorFile);
    feed.register();
    ArrayNode seen = Context.object().putArray("changes");
    if (!once) {
      terminal.say(terminal.dim("waiting for changes; end with Ctrl-C"));
    }
    do {
      try (Stream<JsonNode> changes = feed.after(position, !once)) {
        for (JsonNode change : (Iterable<JsonNode>) changes::iterator) {
          position = change.path("position").asText();
          show(terminal, change);
          if (once) {
            seen.add(change);
          } else {
            terminal.resultLine(change);
          }
          feed.acknowledge(change);
          PrivateFiles.open(cursorFile, position + "\n");
        }
      } catch (UnavailableException | java.io.UncheckedIOException e) {
        if (once) {
          throw e;
        }
        terminal.now("the feed is interrupted; trying again");
        pause();
      }
    } while (!once);
    ObjectNode result = Context.object().put("position", position);
    result.set("changes", seen);
    terminal.result(result);
    return ExitCode.DONE;
  }

  private static void show(Terminal terminal, JsonNode change) {
    terminal.say(
        "%s  %s  %s %s credential%s  %s  %s"
            .formatted(
                change.path("at").asText(),
                change.path("position").asText(),
                change.path("kind").asText(),
                Terminal.count(change.path("members").asLong()),
                change.path("members").asLong() == 1 ? "" : "s",
                change.path("reason").asText(""),
                selector(change.path("selector"))));
  }

  private static String selector(JsonNode selector) {
    return selector.isTextual() ? selector.asText() : selector.toString();
  }

  private static String readCursor(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }
}
