package dev.birthmark.testkit.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Debian's PostgreSQL in a container. The image is built here from a base image ({@code
 * -Dbirthmark.test.base-image}, default {@code debian:bookworm-slim}), so that only the base need
 * be at hand.
 */
final class ContainerServer implements Server {

  private static final String PASSWORD = "for-tests-only";
  private static final Duration BUILD_AND_START = Duration.ofMinutes(4);

  private static final String DOCKERFILE =
      """
      ARG BASE
      FROM ${BASE}
      RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql \
       && rm -rf /var/lib/apt/lists/*
      USER postgres
      RUN echo '%s' > /tmp/password \
       && /usr/lib/postgresql/*/bin/initdb -D /tmp/data -U postgres --auth=scram-sha-256 \
          --pwfile=/tmp/password --encoding=UTF8 --locale=C \
       && echo 'host all all all scram-sha-256' >> /tmp/data/pg_hba.conf
      EXPOSE 5432
      CMD exec timeout 1h /usr/lib/postgresql/*/bin/postgres -D /tmp/data -c listen_addresses='*' -c max_connections=200 \
          -c fsync=off -c synchronous_commit=off -c full_page_writes=off
      """
          .formatted(PASSWORD);

  private final GenericContainer<?> container;

  private ContainerServer(GenericContainer<?> container) {
    this.container = container;
  }

  /**
   * Starts a container, or says in one line why there is none. Bounded: never waits longer than
   * some minutes.
   */
  static Optional<Server> tryStart() {
    if (!Boolean.parseBoolean(System.getProperty("birthmark.test.containers", "true"))) {
      return Optional.empty();
    }
    if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      // Testcontainers would first pull an image of its own that ends forgotten containers, and
      // wait minutes for a registry that is not there. Ours end themselves.
      return without("TESTCONTAINERS_RYUK_DISABLED is not true");
    }
    var start = new FutureTask<>(ContainerServer::start);
    Thread.ofPlatform().daemon().name("postgres-container").start(start);
    try {
      return Optional.of(start.get(BUILD_AND_START.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return without(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      start.cancel(true);
      return without("it was not up after " + BUILD_AND_START.toMinutes() + " minutes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without("interrupted");
    }
  }

  private static Optional<Server> without(String reason) {
    System.getLogger(ContainerServer.class.getName())
        .log(System.Logger.Level.INFO, "tests run without a PostgreSQL container: {0}", reason);
    return Optional.empty();
  }

  private static ContainerServer start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException("no container engine answers");
    }
    var image =
        new ImageFromDockerfile("birthmark-test-postgres", false)
            .withFileFromString("Dockerfile", DOCKERFILE)
            .withBuildArg(
                "BASE", System.getProperty("birthmark.test.base-image", "debian:bookworm-slim"));
    var container =
        new GenericContainer<>(image)
            .withImagePullPolicy(name -> false)
            .withExposedPorts(5432)
            .waitingFor(
                Wait.forLogMessage(".*database system is ready to accept connections.*", 1)
                    .withStartupTimeout(Duration.ofMinutes(1)));
    container.start();
    return new ContainerServer(container);
  }

  @Override
  public String url(String database) {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(container.getHost(), container.getMappedPort(5432), database);
  }

  @Override
  public String username() {
    return "postgres";
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public void close() {
    container.stop();
  }
}
