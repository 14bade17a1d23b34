package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Changes;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceClient.Answered;
import dev.birthmark.cli.client.DeviceClient.OpenConnection;
import dev.birthmark.cli.client.DeviceClient.Outcome;
import dev.birthmark.cli.client.DeviceClient.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches one device at all four doors while its trust is withdrawn: the decision, a new
 * connection, a resumed TLS session and a connection that is open. Each is tried without pause from
 * before the change on, so a figure is the time from sending the change to the end of the first
 * attempt that was refused.
 *
 * @param device as itself
 * @param certificate PEM, as a backend would show it
 */
record Withdrawal(Changes changes, DeviceClient device, String certificate) {

  private static final String PATH = "/me";
  private static final long PATIENCE_SECONDS = 10;
  private static final long BETWEEN_MILLIS = 2;

  /**
   * The figures of one withdrawal.
   *
   * @param change as the service answered it
   * @param answered milliseconds until it was answered
   * @param doors in the order in which they are described
   */
  record Figures(JsonNode change, double answered, List<Door> doors) {}

  /**
   * One door.
   *
   * @param name what was tried
   * @param millis until the first refusal
   * @param how it was refused
   */
  record Door(String name, double millis, String how) {}

  private record Refusal(long nanos, String how) {}

  /** One attempt: null if the device was let in. */
  private interface Attempt {
    @org.jspecify.annotations.Nullable
    String refused() throws IOException;
  }

  Figures measure(Supplier<JsonNode> change) throws IOException {
    CountDownLatch ready = new CountDownLatch(4);
    try (OpenConnection open = device.open(PATH);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      mustBeIn(open.answered());
      mustBeIn(device.getResumed(PATH)); // full: the session to be resumed
      List<String> names =
          List.of(
              "decision is deny",
              "new handshake refused",
              "resumed session refused",
              "open connection closed");
      List<Future<Refusal>> observers =
          List.of(
              threads.submit(until(ready, this::decision)),
              threads.submit(until(ready, () -> refusal(device.getFull(PATH), false))),
              threads.submit(until(ready, () -> refusal(device.getResumed(PATH), true))),
              threads.submit(closing(ready, open)));
      await(ready);
      long sent = System.nanoTime();
      JsonNode answer = change.get();
      double answered = millis(System.nanoTime() - sent);
      List<Door> doors = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Refusal refusal = result(observers.get(i), names.get(i));
        doors.add(new Door(names.get(i), millis(refusal.nanos() - sent), refusal.how()));
      }
      return new Figures(answer, answered, doors);
    }
  }

  private @org.jspecify.annotations.Nullable String decision() {
    JsonNode decision = changes.decide(certificate);
    return decision.path("decision").asText().equals("deny")
        ? decision.path("reason").asText()
        : null;
  }

  /** How it was refused; one that should have been resumed and was not says nothing. */
  private static @org.jspecify.annotations.Nullable String refusal(
      Outcome outcome, boolean mustBeResumed) {
    if (mustBeResumed && !outcome.resumed()) {
      return null;
    }
    return switch (outcome) {
      case Refused refused -> refused.how();
      case Answered answered -> answered.status() < 300 ? null : "status " + answered.status();
    };
  }

  private static void mustBeIn(Outcome outcome) {
    String refused = refusal(outcome, false);
    if (refused != null) {
      throw new StepFailed("the device was not let in before anything was withdrawn: " + refused);
    }
  }

  private static Callable<Refusal> until(CountDownLatch ready, Attempt attempt) {
    return () -> {
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * PATIENCE_SECONDS);
      boolean first = true;
      while (System.nanoTime() - giveUp < 0) {
        String how = attempt.refused();
        if (how != null) {
          return new Refusal(System.nanoTime(), how);
        }
        if (first) {
          ready.countDown();
          first = false;
        }
        Thread.sleep(BETWEEN_MILLIS);
      }
      throw new StepFailed("still let in after " + PATIENCE_SECONDS + " s");
    };
  }

  private static Callable<Refusal> closing(CountDownLatch ready, OpenConnection open) {
    return () -> {
      ready.countDown();
      if (!open.awaitClosed()) {
        throw new StepFailed("the connection is still open after " + PATIENCE_SECONDS + " s");
      }
      return new Refusal(System.nanoTime(), "by the service");
    };
  }

  private static void await(CountDownLatch ready) {
    try {
      if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StepFailed("the device was not let in at every door before the change");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    }
  }

  private static Refusal result(Future<Refusal> observer, String name) {
    try {
      return observer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    } catch (ExecutionException e) {
      throw new StepFailed(name + ": " + e.getCause());
    }
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 1e2;
  }
}
