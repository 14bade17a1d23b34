package dev.birthmark.cli.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.function.BooleanSupplier;

/** Starts a packaged service as a process of its own and waits until it is ready. */
final class ServiceStarter {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Home home;
  private final Distribution distribution;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  ServiceStarter(Home home, Distribution distribution) {
    this.home = home;
    this.distribution = distribution;
  }

  /** Starts the service so that it ends when this process does. */
  AttachedProcess startAttached(ServiceName service) {
    ProcessBuilder builder = builder(service, attachedCommand(service));
    return AttachedProcess.start(service.directory() + " service", builder);
  }

  /** Starts the service so that it goes on when this process ends, and its terminal too. */
  ProcessMark startDetached(ServiceName service) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec nohup \"$@\"; fi",
                "birthmark"));
    command.addAll(command(service, List.of()));
    ProcessBuilder builder = builder(service, command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    try {
      return ProcessMark.of(builder.start().toHandle());
    } catch (IOException e) {
      throw new InstallationException("cannot start the " + service.directory() + " service", e);
    }
  }

  /**
   * Waits until the service has written its ports and says that it is ready.
   *
   * @param alive whether the process still lives
   */
  void awaitReady(ServiceName service, BooleanSupplier alive) {
    boolean ready = Waiting.until(PATIENCE, () -> isReady(service) || !alive.getAsBoolean());
    if (!alive.getAsBoolean()) {
      throw new InstallationException(
          "the %s service ended while it started; see %s"
              .formatted(service.directory(), home.log(service.directory())));
    }
    if (!ready) {
      throw new InstallationException(
          "the %s service is not ready after %d s; see %s"
              .formatted(service.directory(), PATIENCE.toSeconds(), home.log(service.directory())));
    }
  }

  /** Whether the service answers its readiness check at the moment. */
  boolean isReady(ServiceName service) {
    try {
      JsonNode ports = MAPPER.readTree(Files.readAllBytes(home.portFile(service)));
      URI ready =
          URI.create("http://127.0.0.1:" + ports.path("management").asInt() + "/q/health/ready");
      HttpRequest request =
          HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).GET().build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallationException("interrupted", e);
    }
  }

  private ProcessBuilder builder(ServiceName service, List<String> command) {
    try {
      Files.deleteIfExists(home.portFile(service));
    } catch (IOException e) {
      throw new InstallationException("cannot delete " + home.portFile(service), e);
    }
    Path log = home.log(service.directory());
    PrivateFiles.directory(log.getParent());
    return new ProcessBuilder(command)
        .directory(home.service(service).toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** What lives for minutes compiles quickly rather than well. */
  private List<String> attachedCommand(ServiceName service) {
    return command(service, List.of("-XX:TieredStopAtLevel=1", "-Dbirthmark.life-line=stdin"));
  }

  private List<String> command(ServiceName service, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(more);
    command.add("-Dquarkus.config.locations=" + locations(service));
    command.add("-jar");
    command.add(distribution.jar(service).toString());
    return command;
  }

  private String locations(ServiceName service) {
    Path own = ServiceSettings.ownFile(home, service);
    Path written = ServiceSettings.file(home, service);
    return Files.exists(own) ? own + "," + written : written.toString();
  }
}
