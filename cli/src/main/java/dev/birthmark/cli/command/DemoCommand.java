package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.demo.Demo;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the main job. */
@Command(
    name = "demo",
    description =
        "Play the main job with real services, keys, TLS and PostgreSQL, and clean up. Exit code 4"
            + " if a step did not hold.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Mixin private Context context = new Context();

  @Option(
      names = "--keep",
      description =
          "Keep it: leave the services running on what was made, in the home of birthmark up.")
  private boolean keep;

  @Override
  public Integer call() {
    Terminal terminal = context.terminal();
    Distribution distribution = Distribution.own();
    if (keep && context.installation().exists()) {
      throw context.usage(
          "there is an installation in " + context.home() + " already: name another --home");
    }
    Home home = keep ? context.home() : temporary();
    ObjectNode result = new Demo(home, System.getenv(), terminal).perform(distribution, keep);
    boolean held = result.path("held").asBoolean();
    terminal.say("");
    if (!held) {
      terminal.say(terminal.bad(result.path("failure").asText()) + "; nothing was left behind");
    } else {
      terminal.say(
          terminal.good("Every step held")
              + ", in "
              + Terminal.time(result.path("millis").asLong() * 1_000_000)
              + (keep ? "." : "; nothing was left behind."));
    }
    if (held && keep) {
      Ports ports = Ports.read(home);
      terminal.say("It goes on running:");
      Addresses.say(terminal, home, ports);
      terminal.say("  Stop with: birthmark down" + elsewhere(home));
      terminal.say("  Start again with: birthmark up" + elsewhere(home) + "; the data stay.");
      result.setAll(Addresses.json(home, ports));
    }
    terminal.result(result);
    return held ? ExitCode.DONE : ExitCode.NOT_PROVEN;
  }

  private static String elsewhere(Home home) {
    return home.equals(Home.of(System.getenv())) ? "" : " --home " + home;
  }

  private static Home temporary() {
    try {
      return new Home(Files.createTempDirectory("birthmark-demo-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for the demo", e);
    }
  }
}
