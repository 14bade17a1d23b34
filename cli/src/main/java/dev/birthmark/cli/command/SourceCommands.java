package dev.birthmark.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Commands that the script does itself, before any Java of ours runs; here for the help. */
final class SourceCommands {

  private SourceCommands() {}

  /** Runs every test. */
  @Command(
      name = "test",
      description = "Run every check and test of the project (from its source folder).",
      mixinStandardHelpOptions = true)
  static final class Test implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @SuppressWarnings("UnusedVariable") // the launcher reads it; here it stands for the help
    @Parameters(paramLabel = "MODULE", description = "Only that module's.")
    private @Nullable List<String> modules;

    @Override
    public Integer call() {
      throw context.usage("run it as ./birthmark test in the project's source folder");
    }
  }

  /** Runs the benchmarks. */
  @Command(
      name = "bench",
      description = "Run the benchmarks (from the source folder).",
      mixinStandardHelpOptions = true)
  static final class Bench implements Callable<Integer> {
    @Mixin private Context context = new Context();

    @SuppressWarnings("UnusedVariable") // likewise
    @Parameters(paramLabel = "OPTION", description = "See ./birthmark bench --help.")
    private @Nullable List<String> options;

    @Override
    public Integer call() {
      throw context.usage("run it as ./birthmark bench in the project's source folder");
    }
  }
}
