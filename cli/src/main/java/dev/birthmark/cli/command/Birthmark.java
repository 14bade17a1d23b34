package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.NotProvenException;
import dev.birthmark.cli.client.Problem;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.InstallationException;
import dev.birthmark.cli.terminal.Terminal;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole: its commands, its exit codes, and how a failure is said. */
@Command(
    name = "birthmark",
    description = "An identity for every device, from manufacture to withdrawal.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "birthmark 0.1.0",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      CaCommand.class,
      SiteCommand.class,
      OrderCommand.class,
      EnrollCommand.class,
      EnrollBatchCommand.class,
      CheckCommand.class,
      RevokeCommand.class,
      SuspendCommand.class,
      RestoreCommand.class,
      WatchCommand.class,
      DeviceCommand.class,
      LogCommand.class,
      TokenCommand.class,
      SourceCommands.Test.class,
      SourceCommands.Bench.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done; the answer is yes",
      " 1:refused by the service, or the answer is no (a decision that denies)",
      " 2:the command line was not understood",
      " 3:a service or the installation is not there or cannot answer now; try again later",
      " 4:evidence does not hold: a proof, a signature, a step of the demo",
      "70:a mistake in this program",
      "130:interrupted"
    },
    footer = {"", "Start with: birthmark demo. Every command has --help and --json."})
public final class Birthmark implements Runnable {

  @Spec private CommandSpec spec;

  Birthmark() {
    spec = CommandSpec.create(); // picocli puts the real one here
  }

  /** Runs one command; returns its exit code. */
  public static int run(String... arguments) {
    boolean json = Arrays.asList(arguments).contains("--json");
    boolean debug = Arrays.asList(arguments).contains("--debug");
    Terminal terminal = Terminal.ofProcess(json, System.getenv());
    return commandLine(terminal, debug).execute(arguments);
  }

  static CommandLine commandLine(Terminal terminal, boolean debug) {
    return new CommandLine(new Birthmark())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((failure, arguments) -> misunderstood(terminal, failure))
        .setExecutionExceptionHandler(
            (failure, command, result) -> failed(terminal, debug, failure));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int misunderstood(Terminal terminal, ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    List<String> similar =
        failure instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String next =
        similar.isEmpty()
            ? "see " + command.getCommandSpec().qualifiedName() + " --help"
            : "did you mean " + String.join(" or ", similar) + "?";
    return report(terminal, ExitCode.USAGE, "usage", String.valueOf(failure.getMessage()), next);
  }

  private static int failed(Terminal terminal, boolean debug, Exception failure) {
    if (debug) {
      failure.printStackTrace();
    }
    return switch (failure) {
      case ParameterException e -> misunderstood(terminal, e);
      case RefusedException e -> refused(terminal, e.problem());
      case UnavailableException e ->
          report(terminal, ExitCode.UNAVAILABLE, "unavailable", said(e), "");
      case InstallationException e ->
          report(terminal, ExitCode.UNAVAILABLE, "installation", said(e), "");
      case UncheckedIOException e ->
          report(
              terminal,
              ExitCode.UNAVAILABLE,
              "file",
              said(e) + ": " + said(java.util.Objects.requireNonNull(e.getCause())),
              "");
      case NotProvenException e -> report(terminal, ExitCode.NOT_PROVEN, "not-proven", said(e), "");
      default ->
          report(
              terminal,
              ExitCode.BUG,
              "bug",
              failure.toString(),
              "run it again with --debug and report what it prints");
    };
  }

  private static int refused(Terminal terminal, Problem problem) {
    return report(
        terminal, ExitCode.REFUSED, problem.reason(), problem.detail(), problem.nextStep());
  }

  private static int report(
      Terminal terminal, int code, String reason, String detail, String nextStep) {
    if (terminal.json()) {
      ObjectNode error = Context.object();
      error.put("reason", reason).put("detail", detail);
      if (!nextStep.isEmpty()) {
        error.put("nextStep", nextStep);
      }
      ObjectNode document = Context.object();
      document.set("error", error);
      terminal.result(document.put("exit", code));
    } else {
      terminal.complain(terminal.bad("birthmark: ") + detail + " (" + reason + ")");
      if (!nextStep.isEmpty()) {
        terminal.complain("  " + nextStep);
      }
    }
    return code;
  }

  private static String said(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
