package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.installation.AttachedInstallation;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.InstallationLock;
import dev.birthmark.cli.installation.KeyCeremony;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.Registration;
import dev.birthmark.cli.installation.Setup;
import dev.birthmark.cli.terminal.Terminal;
import java.util.Map;

/**
 * One performance in a home of its own: sets everything up, plays the main job, and takes
 * everything down again, also when it is interrupted or killed.
 */
public final class Demo {

  private final Terminal terminal;
  private final Stage stage;
  private final Installation installation;
  private volatile boolean interrupted;
  private boolean handedOver;

  /**
   * A performance in that home, which must not hold an installation yet.
   *
   * @param environment where the cache directory is named
   */
  public Demo(Home home, Map<String, String> environment, Terminal terminal) {
    this.terminal = terminal;
    this.stage = new Stage(terminal);
    this.installation = new Installation(home, environment);
  }

  /**
   * Plays it.
   *
   * @param keep whether the home stays and goes on running, detached, at the end
   * @return whether every step held, what each found, and how long all took
   */
  public ObjectNode perform(Distribution distribution, boolean keep) {
    long start = System.nanoTime();
    Home home = installation.home();
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Ports wished = keep ? Ports.usual() : Ports.free();
    AttachedInstallation running = new AttachedInstallation(wished);
    Undertaker undertaker = Undertaker.of(home.root());
    Thread onInterrupt =
        new Thread(() -> {
          interrupted = true;
          terminal.lastWord("interrupted; taking everything down");
          stop(running);
          takeBack();
          undertaker.bury();
        });
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    boolean kept = false;
    try (InstallationLock lock = InstallationLock.take(home)) {
      play(distribution, running);
      stop(running);
      if (keep) {
        handOver(distribution);
      }
      kept = keep;
      result.put("held", true);
    } catch (StepFailed e) {
      result.put("held", false).put("failure", e.getMessage());
    } finally {
      if (interrupted || !removed(onInterrupt)) {
        awaitEnd();
      } else {
        stop(running);
        if (kept) {
          undertaker.dismiss();
        } else {
          takeBack();
          undertaker.bury();
        }
      }
    }
    long nanos = System.nanoTime() - start;
    result.put("millis", nanos / 1_000_000);
    result.set("steps", stage.steps());
    return result;
  }

  private void play(Distribution distribution, AttachedInstallation running) {
    Home home = installation.home();
    KeyCeremony ceremony = new KeyCeremony(home);
    Ports wished = running.ports();
    stage.step(
        "A key ceremony makes an offline root and an issuing CA",
        record -> {
          ceremony.hold(KeyCeremony.usualPlan(wished.publicationUrl()));
          ceremony.describe().forEach(record::say);
        });
    stage.step(
        "PostgreSQL and both services start; the site is registered",
        record -> {
          Setup.ensure(installation, null, () -> wished, terminal);
          installation.startAttached(distribution, terminal, running);
          Registration.ensure(home, wished, terminal);
          record
              .say("PostgreSQL 18 with fsync, synchronous_commit and full_page_writes on")
              .say("enrollment " + wished.enrollmentUrl() + ", identity " + wished.identityUrl())
              .say("devices    " + wished.deviceUrl() + ", mutual TLS");
        });
    new MainJob(home, wished, stage, terminal).play();
  }

  /** Whoever interrupts this waits for its end: only then is it known what there is to stop. */
  private synchronized void handOver(Distribution distribution) {
    if (!interrupted) {
      terminal.now("handing over to an installation that goes on");
      handedOver = true;
      Ports ports = installation.startDetached(distribution, terminal);
      Registration.ensure(installation.home(), ports, terminal);
    }
  }

  private synchronized void takeBack() {
    if (handedOver) {
      installation.stopDetached(terminal);
    }
  }

  private void stop(AttachedInstallation running) {
    terminal.now("stopping the services");
    running.close();
  }

  private static boolean removed(Thread onInterrupt) {
    try {
      return Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      return false; // it has just begun
    }
  }

  /** The process is about to end: whatever the services' end made fail is nobody's business. */
  private static void awaitEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
