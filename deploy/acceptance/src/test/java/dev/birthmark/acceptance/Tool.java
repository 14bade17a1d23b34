package dev.birthmark.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's programs: what they say about us is evidence that we did not write ourselves. */
record Tool(String name) {
  private static final long PATIENCE_SECONDS = 60;

  /** What a program answered. */
  record Result(int exit, String output) {}

  /** Skips the test, and says so, where the program is not installed. */
  Tool whereInstalled() {
    boolean there = false;
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      there |= !folder.isEmpty() && Files.isExecutable(Path.of(folder, name));
    }
    assumeTrue(there, name + " is not installed here");
    return this;
  }

  /** Runs it without input; output and errors together. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return runWith("", arguments);
  }

  /** Runs it with this input; output and errors together. */
  Result runWith(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("birthmark-tool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it did not want to hear it all
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end: " + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(output);
    }
  }
}
