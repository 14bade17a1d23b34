package dev.birthmark.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.ServiceName;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One more process of a service than an installation has: a second replica, or another site's. Ends
 * with this JVM, however that ends.
 */
final class ServiceProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Path portFile;

  private ServiceProcess(Process process, Path portFile) {
    this.process = process;
    this.portFile = portFile;
  }

  /**
   * Starts a service and waits until it is ready.
   *
   * @param settings the settings file
   * @param over settings that come before those of the file
   */
  static ServiceProcess start(
      ServiceName service, Path folder, Path settings, Map<String, String> over)
      throws IOException {
    Files.createDirectories(folder);
    Path portFile = folder.resolve("ports.json");
    Path log = folder.resolve("service.log");
    StringBuilder text = new StringBuilder("birthmark.port-file=" + portFile + "\n");
    over.forEach((name, value) -> text.append(name + "=" + value + "\n"));
    Path own = Files.writeString(folder.resolve("own.properties"), text);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dbirthmark.life-line=stdin",
            "-Dquarkus.config.locations=" + own + "," + settings));
    command.addAll(List.of("-jar", Distribution.own().jar(service).toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(new File(folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ServiceProcess started = new ServiceProcess(process, portFile);
    try {
      Waiting.until(
          "the service is ready; see " + log,
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("the service ended while it started; see " + log);
            }
            return started.readiness() == 200;
          });
    } catch (AssertionError e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** Status of the readiness check. */
  int readiness() throws IOException, InterruptedException {
    URI ready =
        URI.create("http://127.0.0.1:" + ports().path("management").asInt() + "/q/health/ready");
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(PATIENCE).GET().build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Address of its API. */
  URI url() {
    return URI.create("https://127.0.0.1:" + port("https"));
  }

  /** Address of its device port. */
  URI deviceUrl() {
    return URI.create("https://127.0.0.1:" + port("device"));
  }

  private int port(String name) {
    try {
      return ports().path(name).asInt();
    } catch (IOException e) {
      throw new AssertionError("the service wrote no ports", e);
    }
  }

  private JsonNode ports() throws IOException {
    return ServiceClient.JSON.readTree(portFile.toFile());
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly(); // it ended before
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
