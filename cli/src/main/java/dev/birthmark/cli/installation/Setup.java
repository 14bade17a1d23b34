package dev.birthmark.cli.installation;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings an installation into being before it is started the first time. */
public final class Setup {

  private Setup() {}

  /**
   * Makes what is missing: first the CA, whose plan says the base address, then the rest.
   *
   * @param plan of the ceremony; null for the one that is shipped for trying things out
   * @param wish the ports to take, if none are chosen yet
   */
  public static void ensure(
      Installation installation, @Nullable Path plan, Supplier<Ports> wish, Progress progress) {
    KeyCeremony ceremony = new KeyCeremony(installation.home());
    if (installation.exists() && ceremony.held()) {
      return;
    }
    Ports ports = wish.get();
    if (!ceremony.held()) {
      progress.now("holding the key ceremony");
      ceremony.hold(
          plan == null ? KeyCeremony.usualPlan(ports.publicationUrl()) : KeyCeremony.read(plan));
    }
    installation.create(ports.servingBase(ceremony.base()), progress);
  }
}
