package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.PathText;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The registry of devices. */
@Command(
    name = "device",
    description = "Find devices, or show one with its credentials and its timeline.",
    mixinStandardHelpOptions = true,
    subcommands = {DeviceCommand.Show.class, DeviceCommand.ListSome.class})
final class DeviceCommand {

  /** Shows a device. */
  @Command(
      name = "show",
      description = "Show a device, its credentials and what happened to it.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "DEVICE_ID", description = "Its id.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode device = context.identity().get("/v1/devices/" + PathText.encode(id), Role.SECURITY);
      Terminal terminal = context.terminal();
      terminal.say("device " + terminal.bold(device.path("id").asText()));
      terminal.facts(
          "status", device.path("status").asText(""),
          "model", device.path("model").asText(""),
          "hardware", device.path("hardwareRevision").asText(""),
          "lot", device.path("lot").asText(""),
          "order", device.path("order").asText(""),
          "site", device.path("site").asText(""),
          "registered", device.path("registeredAt").asText(""));
      List<List<String>> credentials = new ArrayList<>();
      for (JsonNode credential : device.path("credentials")) {
        credentials.add(
            List.of(
                credential.path("serial").asText(),
                credential.path("status").asText(),
                credential.path("reason").asText(""),
                credential.path("log").path("id").asText()
                    + "/"
                    + credential.path("log").path("index").asText(),
                credential.path("notAfter").asText("never")));
      }
      terminal.say("");
      terminal.table(List.of("serial", "status", "reason", "log", "until"), credentials);
      List<List<String>> timeline = new ArrayList<>();
      for (JsonNode event : device.path("timeline")) {
        timeline.add(
            List.of(
                event.path("at").asText(),
                event.path("event").asText(),
                event.path("change").asText(""),
                event.path("detail").asText("")));
      }
      terminal.say("");
      terminal.table(List.of("at", "event", "change", "detail"), timeline);
      terminal.result(device);
      return ExitCode.DONE;
    }
  }

  /** Lists devices. */
  @Command(
      name = "list",
      description = "List devices, in the order of their ids.",
      mixinStandardHelpOptions = true)
  static final class ListSome implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Option(names = "--prefix", description = "Ids that begin with this.")
    private @Nullable String prefix;

    @Option(names = "--model", description = "Of this model.")
    private @Nullable String model;

    @Option(names = "--lot", description = "Of this lot.")
    private @Nullable String lot;

    @Option(names = "--order", description = "Of this order.")
    private @Nullable String order;

    @Option(names = "--status", description = "good, held, revoked or bad-entry.")
    private @Nullable String status;

    @Option(
        names = "--limit",
        defaultValue = "50",
        description = "At most that many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--cursor", description = "Go on where an earlier list ended.")
    private @Nullable String cursor;

    @Override
    public Integer call() {
      StringBuilder query = new StringBuilder("/v1/devices?limit=").append(limit);
      add(query, "prefix", prefix);
      add(query, "model", model);
      add(query, "lot", lot);
      add(query, "order", order);
      add(query, "status", status);
      add(query, "cursor", cursor);
      JsonNode answer = context.identity().get(query.toString(), Role.SECURITY);
      Terminal terminal = context.terminal();
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode device : answer.path("devices")) {
        rows.add(
            List.of(
                device.path("id").asText(),
                device.path("status").asText(),
                device.path("model").asText(""),
                device.path("lot").asText(""),
                device.path("order").asText(""),
                device.path("registeredAt").asText("")));
      }
      terminal.table(List.of("device", "status", "model", "lot", "order", "registered"), rows);
      if (answer.hasNonNull("next")) {
        terminal.say("more: --cursor " + answer.path("next").asText());
      }
      terminal.result(answer);
      return ExitCode.DONE;
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
      if (value != null) {
        query.append('&').append(name).append('=').append(PathText.encode(value));
      }
    }
  }
}
