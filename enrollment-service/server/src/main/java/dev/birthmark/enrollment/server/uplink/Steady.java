package dev.birthmark.enrollment.server.uplink;

import dev.birthmark.enrollment.site.CommitOutcomeUnknownException;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import dev.birthmark.enrollment.uplink.UplinkRefusedException;
import dev.birthmark.enrollment.uplink.UplinkUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Attempts the same again and again, ever more slowly while it fails, and says so once. */
final class Steady {

  private static final Logger LOG = Logger.getLogger(Steady.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String what;
  private Duration pause = FIRST_PAUSE;
  private boolean failing;

  Steady(String what) {
    this.what = what;
  }

  /** One attempt; after a failure it pauses and answers true, so that the caller comes again. */
  boolean attempt(BooleanSupplier work) throws InterruptedException {
    try {
      boolean result = work.getAsBoolean();
      if (failing) {
        LOG.infof("%s: works again", what);
      }
      failing = false;
      pause = FIRST_PAUSE;
      return result;
    } catch (UplinkUnavailableException
        | UplinkRefusedException
        | StoreUnavailableException
        | CommitOutcomeUnknownException e) {
      stopIfInterrupted();
      if (!failing) {
        LOG.warnf("%s: interrupted, and will be taken up again: %s", what, e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      stopIfInterrupted();
      if (!failing) {
        LOG.errorf(e, "%s: met an error of its own, and will be taken up again", what);
      }
      failing = true;
    }
    Thread.sleep(pause); // backing off from a service that does not answer
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    return true;
  }

  /** Attempts until there is something; looks so often. */
  <T> T await(Duration look, Supplier<Optional<T>> work) throws InterruptedException {
    AtomicReference<Optional<T>> found = new AtomicReference<>(Optional.empty());
    while (true) {
      boolean failed =
          attempt(() -> {
            found.set(work.get());
            return false;
          });
      if (found.get().isPresent()) {
        return found.get().get();
      }
      if (!failed) {
        Thread.sleep(look); // nobody tells us when it is there
      }
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
