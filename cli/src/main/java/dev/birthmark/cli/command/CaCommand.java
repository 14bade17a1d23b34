package dev.birthmark.cli.command;

import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.InstallationLock;
import dev.birthmark.cli.installation.KeyCeremony;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The certificate authority of this installation's site. */
@Command(
    name = "ca",
    description = "Hold the key ceremony that makes the offline root and the issuing CA.",
    mixinStandardHelpOptions = true,
    subcommands = {CaCommand.Init.class, CaCommand.Plan.class})
final class CaCommand {

  /** Holds the ceremony. */
  @Command(
      name = "init",
      description =
          "Make the offline root, the issuing CA and the site's keys, exactly as the reviewed plan"
              + " says. Can be done once.",
      mixinStandardHelpOptions = true)
  static final class Init implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Parameters(
        paramLabel = "PLAN",
        description = "The reviewed plan; birthmark ca plan prints one to begin with.")
    private Path plan = Path.of("");

    @Override
    public Integer call() {
      Home home = context.home();
      Terminal terminal = context.terminal();
      KeyCeremony ceremony = new KeyCeremony(home);
      try (InstallationLock lock = InstallationLock.take(home)) {
        if (ceremony.held()) {
          throw context.usage(
              "a ceremony has been held in " + home + "; its keys are never replaced");
        }
        terminal.now("holding the key ceremony");
        ceremony.hold(KeyCeremony.read(plan));
      }
      terminal.say(terminal.good("done"));
      terminal.facts(
          "root key", home.rootOffline() + "  (carry it away; no service needs it)",
          "issuing CA", home.ca().resolve("issuer.pem").toString(),
          "site bundle", home.siteBundle().toString(),
          "base address", ceremony.base().toString());
      terminal.say("  Start the services with: birthmark up");
      terminal.result(
          Context.object()
              .put("rootOffline", home.rootOffline().toString())
              .put("ca", home.ca().toString())
              .put("siteBundle", home.siteBundle().toString())
              .put("base", ceremony.base().toString()));
      return ExitCode.DONE;
    }
  }

  /** Prints a plan to begin with. */
  @Command(
      name = "plan",
      description = "Print a commented plan to review, change and give to ca init.",
      mixinStandardHelpOptions = true)
  static final class Plan implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @Option(
        names = "--base",
        paramLabel = "URL",
        description = "Address that goes into every certificate, for ever.")
    private @Nullable URI base;

    @Override
    public Integer call() {
      URI address = base != null ? base : Ports.usual().publicationUrl();
      String plan = KeyCeremony.usualPlan(address);
      Terminal terminal = context.terminal();
      terminal.say(plan.stripTrailing());
      terminal.result(Context.object().put("plan", plan));
      return ExitCode.DONE;
    }
  }
}
