package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.ServiceName;
import dev.birthmark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs, and whether the site issues. */
@Command(
    name = "status",
    description = "Show what runs; exit code 3 unless everything does.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    Terminal terminal = context.terminal();
    Installation installation = context.installation();
    ObjectNode result = Context.object().put("home", context.home().toString());
    if (!installation.exists()) {
      terminal.say("no installation in " + context.home() + "; make one with: birthmark up");
      terminal.result(result.put("state", "none"));
      return ExitCode.UNAVAILABLE;
    }
    Ports ports = Ports.read(context.home());
    boolean all = installation.postgresRuns();
    ObjectNode parts = result.putObject("parts").put("postgresql", all);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("postgresql", all, "127.0.0.1:" + ports.postgres()));
    for (ServiceName service : ServiceName.values()) {
      boolean ready = installation.isReady(service);
      all &= ready;
      parts.put(service.directory(), ready);
      rows.add(
          row(
              service.directory(),
              ready,
              switch (service) {
                case IDENTITY -> ports.identityUrl() + ", devices " + ports.deviceUrl();
                case ENROLLMENT -> ports.enrollmentUrl().toString();
              }));
    }
    result.put("state", all ? "up" : "down");
    terminal.table(List.of("part", "state", "where"), rows);
    if (all) {
      JsonNode site = context.enrollment().get("/v1/site", Role.FACTORY);
      result.set("site", site);
      terminal.say("");
      terminal.facts(
          "site", site.path("site").asText(),
          "state", site.path("state").asText() + " " + site.path("reason").asText(""),
          "log",
              "%s, %s entries, %s pushed"
                  .formatted(
                      site.path("log").path("origin").asText(),
                      Terminal.count(site.path("log").path("size").asLong()),
                      Terminal.count(site.path("log").path("pushed").asLong())));
    } else {
      terminal.say("start with: birthmark up; logs are in " + context.home().root() + "/logs");
    }
    terminal.result(result);
    return all ? ExitCode.DONE : ExitCode.UNAVAILABLE;
  }

  private static List<String> row(String part, boolean runs, String where) {
    return List.of(part, runs ? "ready" : "down", where);
  }
}
