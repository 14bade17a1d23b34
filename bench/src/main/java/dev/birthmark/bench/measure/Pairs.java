package dev.birthmark.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A comparison in turns: A B A B. Whatever disturbs the machine for longer than a run disturbs both
 * sides; each pair gives one ratio.
 *
 * @param ratio of operations per second of processor time, A to B, over the pairs
 * @param a operations per second of processor time of A, over its runs
 * @param b the same of B
 */
public record Pairs(Spread ratio, Spread a, Spread b) {

  /** A warm-up takes at most so many times what was planned. */
  private static final double MOST_PATIENCE = 2.5;

  private static final int PARTS = 3;

  /** Warms both sides up and compares them. */
  public static Pairs compare(Side a, Side b, Plan plan, Consumer<String> progress) {
    warmUp(a, "A", plan, progress);
    warmUp(b, "B", plan, progress);
    List<Double> ratios = new ArrayList<>();
    List<Double> ofA = new ArrayList<>();
    List<Double> ofB = new ArrayList<>();
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      progress.accept("pair " + pair + " of " + plan.pairs());
      Work workA = some(a.run(plan.run()), "A");
      Work workB = some(b.run(plan.run()), "B");
      ratios.add(workA.perCpuSecond() / workB.perCpuSecond());
      ofA.add(workA.perCpuSecond());
      ofB.add(workB.perCpuSecond());
    }
    return new Pairs(Spread.of(ratios), Spread.of(ofA), Spread.of(ofB));
  }

  /** Both sides in absolute numbers, which say something of this machine at this time only. */
  public String rates() {
    return String.format(Locale.ROOT, "%,.0f beside %,.0f per CPU-second", a.median(), b.median());
  }

  /**
   * Until the side has had its time on the wall and on the processor too: where others take the
   * machine, a JVM is not compiled in the same time. Not for ever.
   */
  private static void warmUp(Side side, String name, Plan plan, Consumer<String> progress) {
    double wanted = plan.warmUp().toNanos() / 1e9;
    double elapsed = 0;
    double cpu = 0;
    while (elapsed < wanted || (cpu < wanted && elapsed < wanted * MOST_PATIENCE)) {
      progress.accept("warming up " + name + ", " + Math.round(elapsed) + " s so far");
      Work work = side.run(plan.warmUp().dividedBy(PARTS));
      elapsed += work.elapsed().toNanos() / 1e9;
      cpu += work.cpuSeconds();
    }
  }

  private static Work some(Work work, String name) {
    if (work.done() == 0 || work.cpuSeconds() <= 0) {
      throw new IllegalStateException("side " + name + " did nothing that could be measured");
    }
    return work;
  }
}
