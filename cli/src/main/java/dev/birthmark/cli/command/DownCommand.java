package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.installation.InstallationLock;
import dev.birthmark.cli.terminal.Terminal;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops what {@code up} started. */
@Command(
    name = "down",
    description = "Stop the services and PostgreSQL; the data stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Mixin private Context context = new Context();

  @Override
  public Integer call() {
    Terminal terminal = context.terminal();
    List<String> killed = List.of();
    if (Files.isDirectory(context.home().run())) {
      try (InstallationLock lock = InstallationLock.take(context.home())) {
        killed = context.installation().stopDetached(terminal);
      }
    }
    for (String name : killed) {
      terminal.complain("the " + name + " service did not stop by itself and was killed");
    }
    terminal.say(terminal.good("down") + "; start again with: birthmark up");
    ObjectNode result = Context.object().put("state", "down");
    killed.forEach(result.putArray("killed")::add);
    terminal.result(result);
    return ExitCode.DONE;
  }
}
