package dev.birthmark.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.bed.SyntheticLog;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.measure.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** From the request for a change to the first deny at each of two replicas, the later one. */
final class Withdrawal implements Figure {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOT_SIZE = 1_400_000;
  private static final int FEW = 131_072;
  private static final int PATIENCE_SECONDS = 30;

  private final int members;

  private Withdrawal(int members) {
    this.members = members;
  }

  /** One device. */
  static Withdrawal ofOne() {
    return new Withdrawal(1);
  }

  /** A whole lot. */
  static Withdrawal ofLot() {
    return new Withdrawal(LOT_SIZE);
  }

  @Override
  public String name() {
    return "withdraw." + members + ".ms";
  }

  @Override
  public String unit() {
    return "ms";
  }

  @Override
  public double reach() {
    return 1000;
  }

  @Override
  public boolean lessIsBetter() {
    return true;
  }

  @Override
  public int credentials() {
    return Math.max(members, FEW);
  }

  @Override
  public Reading measure(Scene scene) {
    scene.bed().stopEnrollment();
    scene.progress().accept("starting a second replica");
    List<Asker> askers =
        List.of(
            new Asker(scene, scene.bed().replica(Bed.FIRST, Map.of())),
            new Asker(scene, scene.bed().replica("second", Map.of())));
    List<Double> millis = new ArrayList<>();
    int trials = 2 * scene.plan().pairs();
    for (int trial = 0; trial <= trials; trial++) {
      scene.progress().accept("withdrawal " + trial + " of " + trials);
      double one = trial(askers, trial);
      if (trial > 0) { // the first one warms both replicas up
        millis.add(one);
      }
    }
    return new Reading(
        Spread.of(millis),
        ("POST /v1/changes (suspend by %s, %,d of %,d synthetic credentials loaded through COPY,"
                + " fsync on) to the first deny by fingerprint over HTTPS at the later of two"
                + " replica processes, each asked every millisecond; %d times after one to warm up;"
                + " the driver shares the cores")
            .formatted(
                members == 1 ? "device id" : "lot",
                members,
                scene.bed().synthetic().size(),
                trials),
        String.format(Locale.ROOT, "%d withdrawals", trials));
  }

  /** Withdraws, and gives back what others need. */
  private double trial(List<Asker> askers, int trial) {
    // one device is another one each time; the lot is seen at its last member
    int seen = members == 1 ? FEW - 1 - trial : members - 1;
    String selector =
        members == 1
            ? "{\"deviceId\":\"" + SyntheticLog.device(seen) + "\"}"
            : "{\"lot\":\"" + SyntheticLog.LOT + "\"}";
    String question = "{\"fingerprint\":\"" + SyntheticLog.fingerprint(seen).hex() + "\"}";
    String key = name() + "-" + trial;
    CountDownLatch watched = new CountDownLatch(askers.size());
    try (ExecutorService threads = Executors.newCachedThreadPool();
        Connection officer = askers.getFirst().connect()) {
      List<Future<Long>> denied = new ArrayList<>();
      for (Asker asker : askers) {
        denied.add(threads.submit(firstDeny(asker, question, watched)));
      }
      watched.await();
      long start = System.nanoTime();
      Connection.Answer answer =
          officer.exchange(
              askers
                  .getFirst()
                  .change("{\"kind\":\"suspend\",\"selector\":" + selector + "}", key));
      JsonNode change = made(answer);
      if (change.path("members").asInt() != members) {
        throw new BedException("the change has other members: " + answer.text());
      }
      long last = start;
      for (Future<Long> one : denied) {
        last = Math.max(last, one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      String restored =
          "{\"kind\":\"restore\",\"selector\":{\"change\":\"%s\"}}"
              .formatted(change.path("position").asText());
      made(officer.exchange(askers.getFirst().change(restored, key + "-back")));
      for (Asker asker : askers) {
        awaitAllow(asker, question);
      }
      return (last - start) / 1e6;
    } catch (IOException e) {
      throw new BedException("nothing is changed or decided", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BedException("interrupted", e);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new BedException("a replica does not deny what was withdrawn", e);
    }
  }

  private static JsonNode made(Connection.Answer answer) throws IOException {
    if (answer.status() != 201) {
      throw new BedException("the change is refused: " + answer.text());
    }
    return JSON.readTree(answer.body());
  }

  private static Callable<Long> firstDeny(Asker asker, String question, CountDownLatch watched) {
    byte[] request = asker.decision(question);
    return () -> {
      try (Connection connection = asker.connect()) {
        while (isAllowed(connection, request)) {
          watched.countDown();
          TimeUnit.MILLISECONDS.sleep(1);
        }
        return System.nanoTime();
      }
    };
  }

  private static void awaitAllow(Asker asker, String question)
      throws IOException, InterruptedException {
    byte[] request = asker.decision(question);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try (Connection connection = asker.connect()) {
      while (!isAllowed(connection, request)) {
        if (System.nanoTime() > end) {
          throw new BedException("a replica still denies what was given back");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  private static boolean isAllowed(Connection connection, byte[] request) throws IOException {
    Connection.Answer answer = connection.exchange(request);
    if (answer.status() != 200) {
      throw new BedException("HTTP " + answer.status() + ": " + answer.text());
    }
    return answer.text().contains("\"decision\":\"allow\"");
  }
}
