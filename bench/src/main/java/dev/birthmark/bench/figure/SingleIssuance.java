package dev.birthmark.bench.figure;

import dev.birthmark.bench.load.Driver;
import dev.birthmark.bench.measure.Pairs;

/** Durable issuance, one device a request, beside the raw cryptography of it. */
final class SingleIssuance implements Figure {

  private static final int CLIENTS = 64;

  @Override
  public String name() {
    return "issue.single.vs-raw";
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public double reach() {
    return 0.3;
  }

  @Override
  public Reading measure(Scene scene) {
    Factory factory = new Factory(scene);
    Driver driver =
        scene
            .bed()
            .driver(
                CLIENTS,
                factory.service(),
                number ->
                    new KeptAlive(
                        factory.connect(), 201, () -> factory.single(factory.candidate())));
    Pairs pairs = Pairs.compare(driver, scene.raw().issuing(), scene.plan(), scene.progress());
    return new Reading(
        pairs.ratio(),
        ("certificates from POST /v1/enrollments (%d kept-alive HTTPS connections, every key"
                + " fresh, fsync on, each answer waits for its registration; the enrollment"
                + " service and its database) beside decode, verify, sign, verify in a loop (%s, as"
                + " many threads as processors), per CPU-second; the driver shares the cores")
            .formatted(CLIENTS, scene.raw().provider()),
        pairs.rates());
  }
}
