package dev.birthmark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UndertakerTest {

  @TempDir Path directory;

  /** Sets an undertaker up, says so, and waits to be killed. */
  static final class Mortal {
    private Mortal() {}

    public static void main(String[] arguments) throws InterruptedException {
      Undertaker undertaker = Undertaker.of(Path.of(arguments[0]));
      System.out.println(undertaker);
      Thread.currentThread().join();
    }
  }

  @Test
  void deletesTheDirectoryWhenAsked() throws Exception {
    Path home = Files.createDirectories(directory.resolve("home/pg")).getParent();
    Files.writeString(home.resolve("pg/file"), "x");
    Undertaker.of(home).bury();
    assertThat(home).doesNotExist();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void deletesTheDirectoryWhenItsMasterIsKilled() throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    Process mortal =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Mortal.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = mortal.inputReader()) {
      assertThat(output.readLine()).isNotNull();
      mortal.destroyForcibly().waitFor();
    }
    while (Files.exists(home)) {
      Thread.onSpinWait();
    }
  }
}
