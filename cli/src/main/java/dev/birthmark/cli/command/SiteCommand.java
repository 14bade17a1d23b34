package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Sites;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sites that the identity service takes issuance logs from. */
@Command(
    name = "site",
    description = "Register sites with the identity service, list them, let one open its next log.",
    mixinStandardHelpOptions = true,
    subcommands = {SiteCommand.Add.class, SiteCommand.Reopen.class, SiteCommand.ListAll.class})
final class SiteCommand {

  /** Registers a site. */
  @Command(
      name = "add",
      description = "Register a site from the bundle that its key ceremony wrote.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(
        arity = "0..1",
        paramLabel = "SITE_BUNDLE",
        description = "PEM file (default: this installation's).")
    private @Nullable Path bundle;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Where to write the identity bundle (default: this installation's site).")
    private @Nullable Path out;

    @Override
    public Integer call() {
      Path from = bundle != null ? bundle : context.home().siteBundle();
      Path to = out != null ? out : context.home().identityBundle();
      try {
        String answer = new Sites(context.identity()).add(Files.readString(from));
        PrivateFiles.open(to, answer);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + from, e);
      }
      Terminal terminal = context.terminal();
      terminal.say(terminal.good("registered") + "; the identity bundle is in " + to);
      terminal.result(Context.object().put("identityBundle", to.toString()));
      return ExitCode.DONE;
    }
  }

  /** Lets a site open its next log. */
  @Command(
      name = "reopen",
      description =
          "Close the log of a site that was restored from a backup, and let it open its next.",
      mixinStandardHelpOptions = true)
  static final class Reopen implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "SITE", description = "The site's name.")
    private String site = "";

    @Override
    public Integer call() {
      JsonNode answer = new Sites(context.identity()).reopen(site);
      Terminal terminal = context.terminal();
      terminal.say(
          "log %s is closed for ever at %s entries"
              .formatted(
                  answer.path("closed").path("id").asText(),
                  Terminal.count(answer.path("closed").path("size").asLong())));
      terminal.say("next log: " + answer.path("next").path("origin").asText());
      terminal.result(answer);
      return ExitCode.DONE;
    }
  }

  /** Lists the sites. */
  @Command(name = "list", description = "List the sites.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Override
    public Integer call() {
      JsonNode answer = new Sites(context.identity()).list();
      Terminal terminal = context.terminal();
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode site : answer.path("sites")) {
        for (JsonNode log : site.path("logs")) {
          rows.add(
              List.of(
                  site.path("site").asText(),
                  log.path("id").asText(),
                  Terminal.count(log.path("size").asLong()),
                  log.path("closed").asBoolean() ? "closed" : "open",
                  log.path("origin").asText()));
        }
      }
      terminal.table(List.of("site", "log", "entries", "state", "origin"), rows);
      terminal.result(answer);
      return ExitCode.DONE;
    }
  }
}
