package dev.birthmark.cli.command;

import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.InstallationLock;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.Registration;
import dev.birthmark.cli.installation.Setup;
import dev.birthmark.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes what is missing, starts what does not run, and leaves it running. */
@Command(
    name = "up",
    description =
        "Start PostgreSQL and both services in the background; the first time, make keys,"
            + " databases and a CA too.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Mixin private Context context = new Context();

  @Option(
      names = "--plan",
      paramLabel = "YAML",
      description = "Plan of the first run's key ceremony (default: one for trying things out).")
  private @Nullable Path plan;

  @Override
  public Integer call() {
    Terminal terminal = context.terminal();
    Installation installation = context.installation();
    long start = System.nanoTime();
    try (InstallationLock lock = InstallationLock.take(context.home())) {
      Distribution distribution = Distribution.own();
      Setup.ensure(installation, plan, Ports::usual, terminal);
      Thread undo = new Thread(() -> installation.stopDetached(terminal));
      Runtime.getRuntime().addShutdownHook(undo);
      Ports ports;
      try {
        ports = installation.startDetached(distribution, terminal);
        Registration.ensure(context.home(), ports, terminal);
      } catch (RuntimeException e) {
        Runtime.getRuntime().removeShutdownHook(undo);
        installation.stopDetached(terminal);
        throw e;
      }
      Runtime.getRuntime().removeShutdownHook(undo);
      terminal.say(terminal.good("up") + " after " + Terminal.time(System.nanoTime() - start));
      Addresses.say(terminal, context.home(), ports);
      terminal.say("  Stop with: birthmark down. Data stay.");
      terminal.result(Addresses.json(context.home(), ports));
      return ExitCode.DONE;
    }
  }
}
