package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.load.RawCryptography;
import dev.birthmark.bench.measure.Plan;
import dev.birthmark.credential.pkix.Providers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the figures of one run share. */
public final class Scene {

  private final Bed bed;
  private final Plan plan;
  private final Providers providers;
  private final Consumer<String> progress;
  private final AtomicInteger devices = new AtomicInteger();
  private @Nullable RawCryptography raw;
  private @Nullable Fleet fleet;

  /**
   * A scene.
   *
   * @param bed the installation
   * @param plan how long and how often
   * @param providers of the drivers and of what is raw
   * @param progress hears what is being done
   */
  public Scene(Bed bed, Plan plan, Providers providers, Consumer<String> progress) {
    this.bed = bed;
    this.plan = plan;
    this.providers = providers;
    this.progress = progress;
  }

  Bed bed() {
    return bed;
  }

  Plan plan() {
    return plan;
  }

  Providers providers() {
    return providers;
  }

  Consumer<String> progress() {
    return progress;
  }

  /** A device id that was not used before in this run. */
  String newDeviceId() {
    return "bench-" + devices.getAndIncrement();
  }

  /** The raw cryptography, on keys made at the first call. */
  RawCryptography raw() {
    RawCryptography known = raw;
    if (known == null) {
      progress.accept("making keys");
      known = new RawCryptography(providers);
      raw = known;
    }
    return known;
  }

  /** Enrolled devices with distinct keys, enrolled at the first call. */
  Fleet fleet() {
    Fleet known = fleet;
    if (known == null) {
      known = Fleet.enroll(this);
      fleet = known;
    }
    return known;
  }
}
