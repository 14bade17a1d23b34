package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.bed.SyntheticLog;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.load.Driver;
import dev.birthmark.bench.measure.Pairs;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Decisions by fingerprint beside an endpoint that decides nothing. */
final class FingerprintDecision implements Figure {

  private static final int CLIENTS = 16;
  private static final int FINGERPRINTS = 131_072;

  @Override
  public String name() {
    return "decide.fingerprint.vs-empty";
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public double reach() {
    return 0.6;
  }

  @Override
  public int credentials() {
    return FINGERPRINTS;
  }

  @Override
  public Reading measure(Scene scene) {
    scene.bed().stopEnrollment();
    Asker asker = new Asker(scene, scene.bed().replica(Bed.FIRST, Map.of()));
    int answer = check(asker);
    touchAll(scene, asker);
    Pairs pairs =
        Pairs.compare(
            driver(scene, asker, asker::decision),
            driver(scene, asker, asker::nothing),
            scene.plan(),
            scene.progress());
    return new Reading(
        pairs.ratio(),
        ("POST /v1/decisions by fingerprint (%d connections, %,d of %,d synthetic credentials"
                + " loaded through COPY, in turn, each looked up once before) beside an endpoint"
                + " that takes the same question on the same port with the same TLS, token and kind"
                + " of handler and answers %d octets of JSON for %d without deciding, per"
                + " CPU-second of the identity service and its database; the driver shares the"
                + " cores")
            .formatted(
                CLIENTS, FINGERPRINTS, scene.bed().synthetic().size(), Bed.EMPTY_ANSWER, answer),
        pairs.rates());
  }

  private static String question(int index) {
    return "{\"fingerprint\":\"" + SyntheticLog.fingerprint(index).hex() + "\"}";
  }

  private static int check(Asker asker) {
    try (Connection connection = asker.connect()) {
      Connection.Answer answer = connection.exchange(asker.decision(question(0)));
      if (!answer.text().contains("\"decision\":\"allow\"")) {
        throw new BedException("a synthetic credential is not allowed: " + answer.text());
      }
      return answer.body().length;
    } catch (IOException e) {
      throw new BedException("nothing is decided", e);
    }
  }

  /** Has each fingerprint looked up in the database once. */
  private static void touchAll(Scene scene, Asker asker) {
    scene.progress().accept("looking up %,d fingerprints".formatted(FINGERPRINTS));
    AtomicInteger next = new AtomicInteger();
    try (Connection connection = asker.connect()) {
      StringBuilder lines = new StringBuilder();
      while (next.get() < FINGERPRINTS) {
        lines.setLength(0);
        for (int i = 0; i < 1024; i++) {
          lines.append(question(next.getAndIncrement())).append('\n');
        }
        connection.exchange(asker.decisions(lines.toString()));
      }
    } catch (IOException e) {
      throw new BedException("nothing is decided", e);
    }
  }

  private static Driver driver(Scene scene, Asker asker, Function<String, byte[]> request) {
    AtomicInteger next = new AtomicInteger();
    return scene
        .bed()
        .driver(
            CLIENTS,
            asker.replica(),
            number ->
                new KeptAlive(
                    asker.connect(),
                    200,
                    () ->
                        request.apply(
                            question(Math.floorMod(next.getAndIncrement(), FINGERPRINTS)))));
  }
}
