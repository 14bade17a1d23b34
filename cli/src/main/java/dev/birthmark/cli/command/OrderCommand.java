package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Production orders: how many devices of what may be enrolled. */
@Command(
    name = "order",
    description = "Open a production order, or show what has become of one.",
    mixinStandardHelpOptions = true,
    subcommands = {OrderCommand.Open.class, OrderCommand.Show.class})
final class OrderCommand {

  /** Opens an order. */
  @Command(
      name = "open",
      description = "Open a production order; its quantity never changes.",
      mixinStandardHelpOptions = true)
  static final class Open implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "ORDER", description = "An id of your own choice.")
    private String id = "";

    @Option(names = "--model", required = true, description = "What is made.")
    private String model = "";

    @Option(
        names = "--quantity",
        required = true,
        description = "How many devices may be enrolled under it.")
    private long quantity;

    @Option(names = "--lot", description = "The production lot.")
    private String lot = "";

    @Option(names = "--hardware-revision", description = "The hardware's revision.")
    private String hardwareRevision = "";

    @Option(names = "--profile", description = "Certificate profile (default: the site's first).")
    private String profile = "";

    @Override
    public Integer call() {
      ObjectNode order =
          Context.object().put("id", id).put("model", model).put("quantity", quantity);
      putIfGiven(order, "lot", lot);
      putIfGiven(order, "hardwareRevision", hardwareRevision);
      putIfGiven(order, "profile", profile);
      ServiceClient.Answer answer = new Enrollments(context.enrollment()).open(order);
      Terminal terminal = context.terminal();
      terminal.say(
          terminal.good(answer.status() == 201 ? "opened" : "was open already") + ": order " + id);
      show(terminal, answer.body());
      terminal.result(answer.body());
      return ExitCode.DONE;
    }

    private static void putIfGiven(ObjectNode order, String name, String value) {
      if (!value.isEmpty()) {
        order.put(name, value);
      }
    }
  }

  /** Shows an order. */
  @Command(
      name = "show",
      description = "Show an order: ordered, issued, remaining, refused.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Override
    public Integer call() {
      JsonNode order = new Enrollments(context.enrollment()).order(id);
      Terminal terminal = context.terminal();
      terminal.say("order " + terminal.bold(id));
      show(terminal, order);
      terminal.result(order);
      return ExitCode.DONE;
    }
  }

  private static void show(Terminal terminal, JsonNode order) {
    List<String> refused = new ArrayList<>();
    order
        .path("refused")
        .properties()
        .forEach(
            entry -> refused.add(Terminal.count(entry.getValue().asLong()) + " " + entry.getKey()));
    terminal.facts(
        "model", order.path("model").asText(""),
        "hardware", order.path("hardwareRevision").asText(""),
        "lot", order.path("lot").asText(""),
        "profile", order.path("profile").asText(""),
        "quantity", Terminal.count(order.path("quantity").asLong()),
        "issued", Terminal.count(order.path("issued").asLong()),
        "remaining", Terminal.count(order.path("remaining").asLong()),
        "refused", String.join(", ", refused),
        "opened", order.path("openedAt").asText("") + " by " + order.path("openedBy").asText(""));
  }
}
