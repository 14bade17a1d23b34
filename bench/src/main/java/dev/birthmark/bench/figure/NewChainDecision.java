package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.measure.Pairs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Decisions on leaves whose signature is not known yet, beside one verification. */
final class NewChainDecision implements Figure {

  private static final int CLIENTS = 16;

  @Override
  public String name() {
    return "decide.chain-new.vs-raw-verify";
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public double reach() {
    return 0.35;
  }

  @Override
  public Reading measure(Scene scene) {
    Fleet fleet = scene.fleet();
    scene.bed().stopEnrollment();
    Asker asker = new Asker(scene, scene.bed().replica(Bed.FIRST, Map.of()));
    List<byte[]> questions =
        fleet.devices().stream().map(device -> asker.decision(Fleet.question(device))).toList();
    AtomicInteger next = new AtomicInteger();
    Pairs pairs =
        Pairs.compare(
            scene
                .bed()
                .driver(
                    CLIENTS,
                    asker.replica(),
                    number ->
                        new KeptAlive(
                            asker.connect(),
                            200,
                            () ->
                                questions.get(
                                    Math.floorMod(next.getAndIncrement(), questions.size())))),
            scene.raw().verifying(),
            scene.plan(),
            scene.progress());
    return new Reading(
        pairs.ratio(),
        ("POST /v1/decisions with a leaf of a known issuer (%d connections, %,d leaves in turn, of"
                + " which the replica remembers %,d, so each is verified; the identity service and"
                + " its database) beside one verification in a loop (%s, as many threads as"
                + " processors), per CPU-second; the driver shares the cores")
            .formatted(
                CLIENTS, questions.size(), Bed.REMEMBERED_SIGNATURES, scene.raw().provider()),
        pairs.rates());
  }
}
