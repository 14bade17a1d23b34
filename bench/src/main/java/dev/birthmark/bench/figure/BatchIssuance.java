package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.load.Candidate;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.load.Driver;
import dev.birthmark.bench.measure.Pairs;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Durable issuance in batches beside the raw cryptography of it. */
final class BatchIssuance implements Figure {

  private static final int CLIENTS = 4;
  private static final int LINES = 500;

  @Override
  public String name() {
    return "issue.batch.vs-raw";
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public double reach() {
    return 0.5;
  }

  @Override
  public Reading measure(Scene scene) {
    Factory factory = new Factory(scene);
    Driver driver =
        scene.bed().driver(CLIENTS, factory.service(), number -> new BatchClient(factory));
    Pairs pairs = Pairs.compare(driver, scene.raw().issuing(), scene.plan(), scene.progress());
    return new Reading(
        pairs.ratio(),
        ("certificates from POST /v1/enrollments/batch (%d connections, %d lines a request, every"
                + " key fresh, fsync on, the log pushed meanwhile; the enrollment service and its"
                + " database) beside decode, verify, sign, verify in a loop (%s, as many threads as"
                + " processors), per CPU-second; the driver shares the cores")
            .formatted(CLIENTS, LINES, scene.raw().provider()),
        pairs.rates());
  }

  /** Makes fresh devices and enrolls them in one request. */
  private static final class BatchClient implements Driver.Client {

    private static final byte[] GOOD =
        "\"status\":201".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Factory factory;
    private final Connection connection;

    BatchClient(Factory factory) throws IOException {
      this.factory = factory;
      this.connection = factory.connect();
    }

    @Override
    public int ask() throws IOException {
      List<Candidate> candidates = Stream.generate(factory::candidate).limit(LINES).toList();
      Connection.Answer answer = connection.exchange(factory.batch(candidates));
      int good = count(answer.body());
      if (good != LINES) {
        throw new BedException(
            "%d of %d lines were enrolled (HTTP %d): %s"
                .formatted(good, LINES, answer.status(), first(answer)));
      }
      return good;
    }

    private static String first(Connection.Answer answer) {
      return answer
          .text()
          .lines()
          .filter(line -> !line.contains("\"status\":201"))
          .findFirst()
          .orElse("");
    }

    private static int count(byte[] body) {
      int found = 0;
      int matched = 0;
      for (byte octet : body) {
        matched = octet == GOOD[matched] ? matched + 1 : (octet == GOOD[0] ? 1 : 0);
        if (matched == GOOD.length) {
          found++;
          matched = 0;
        }
      }
      return found;
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
