package dev.birthmark.bench.bed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.bench.measure.CpuMeter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A packaged service as a process of its own, compiled as in production. It ends when this process
 * does, because its standard input ends.
 */
public final class RunningService implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final JsonNode ports;
  private final CpuMeter meter;

  private RunningService(Process process, JsonNode ports, CpuMeter meter) {
    this.process = process;
    this.ports = ports;
    this.meter = meter;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param jar what to start
   * @param settings the file that the installation wrote
   * @param more settings that stand above those in the file
   * @param log where its output goes
   * @param postgres process that started PostgreSQL
   */
  static RunningService start(
      Path jar, Path settings, Map<String, String> more, Path log, long postgres) {
    Path portFile = log.resolveSibling(log.getFileName() + ".ports");
    Path own = log.resolveSibling(log.getFileName() + ".properties");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dbirthmark.life-line=stdin",
            "-Dquarkus.config.locations=" + own + "," + settings, // the first one wins
            "-jar",
            jar.toString());
    StringBuilder lines = new StringBuilder("birthmark.port-file=" + portFile + "\n");
    more.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    try {
      Files.deleteIfExists(portFile);
      Files.writeString(own, lines);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      try {
        JsonNode ports = awaitReady(process, portFile, log);
        String database = String.valueOf(settings.getParent().getFileName());
        return new RunningService(process, ports, CpuMeter.of(process.pid(), postgres, database));
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new BedException("cannot start " + jar, e);
    }
  }

  /** Where its API is. */
  public URI api() {
    return URI.create("https://127.0.0.1:" + ports.path("https").asInt());
  }

  /** Where devices connect. */
  public URI device() {
    return URI.create("https://127.0.0.1:" + ports.path("device").asInt());
  }

  /** What it and its database's processes spend. */
  public CpuMeter meter() {
    return meter;
  }

  private static JsonNode awaitReady(Process process, Path portFile, Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(portFile)) {
        JsonNode ports = JSON.readTree(Files.readAllBytes(portFile));
        if (isReady(ports.path("management").asInt())) {
          return ports;
        }
      }
      Bed.pause();
    }
    throw new BedException(
        (process.isAlive() ? "a service is not ready" : "a service ended while it started")
            + "; its log ends:\n"
            + Bed.tail(log));
  }

  private static boolean isReady(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
