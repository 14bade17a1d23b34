package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.cli.installation.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the README, in its order and in one home, against what was packaged. A command
 * is what stands in a fence marked {@code sh}; those that build or test stand in other fences.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final long PATIENCE_MINUTES = 3;

  private Path folder;
  private boolean failed;

  @BeforeAll
  void makeAFolder() throws IOException {
    folder = Files.createDirectories(Platform.folder("readme"));
  }

  /** Whatever a command that failed left running. */
  @AfterAll
  void stopWhatRuns() throws Exception {
    run("./birthmark down");
  }

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    StringBuilder command = null;
    for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
      if (command == null && line.strip().equals("```sh")) {
        command = new StringBuilder();
      } else if (command != null && line.strip().equals("```")) {
        commands.add(command.toString().strip());
        command = null;
      } else if (command != null) {
        command.append(line).append('\n');
      }
    }
    assertThat(command).as("the last fence is closed").isNull();
    assertThat(commands).as("commands of the README").hasSizeGreaterThan(8);
    return commands.stream().filter(c -> !c.startsWith("./birthmark test")).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void works(String command) throws Exception {
    assertThat(failed).as("the commands before this one have worked").isFalse();
    Outcome outcome = run(command);
    failed = outcome.exit() != 0;
    assertThat(outcome.exit()).as("%s%n%s", command, outcome.output()).isZero();
  }

  private record Outcome(int exit, String output) {}

  /** Runs a script as a reader would who stands in the project's folder and has built it. */
  private Outcome run(String script) throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path launcher = work.resolve("birthmark");
    if (!Files.exists(launcher)) {
      Files.writeString(
          launcher, "#!/bin/sh\nexec '" + ROOT.resolve("birthmark") + "' --no-build \"$@\"\n");
      launcher.toFile().setExecutable(true);
    }
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(output.toFile());
    builder.environment().put("BIRTHMARK_HOME", PrivateFiles.directory(home()).toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      return new Outcome(-1, "does not end: " + Files.readString(output));
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  private Path home() {
    return folder.resolve("home");
  }
}
