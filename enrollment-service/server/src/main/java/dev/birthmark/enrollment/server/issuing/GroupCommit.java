package dev.birthmark.enrollment.server.issuing;

import dev.birthmark.credential.log.Place;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.Issuance;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.server.uplink.Uplink;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gathers gated requests into groups. One commit is durable for all that waited for it, so the more
 * callers there are, the less each one costs. Whoever waits is answered, whatever happens: when the
 * service ends, what waits is still issued, and what comes later is refused.
 */
@Singleton
public final class GroupCommit {

  /** Requests that wait or are being issued, at most; more are told to come back. */
  private static final int MOST_WAITING = 20_000;

  /** How long the end of the service waits for what was accepted before. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private record Waiting(GatedRequest request, CompletableFuture<IssuanceOutcome> outcome) {}

  private final Issuance issuance;
  private final Consumer<Place> issued;
  private final IssuingMetrics metrics;
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("issuing").factory());

  @Inject
  GroupCommit(Issuance issuance, Uplink uplink, IssuingMetrics metrics) {
    this(issuance, uplink::issued, metrics);
  }

  /**
   * A queue in front of an issuance.
   *
   * @param issued is told the last place that was issued, after each group
   */
  GroupCommit(Issuance issuance, Consumer<Place> issued, IssuingMetrics metrics) {
    this.issuance = issuance;
    this.issued = issued;
    this.metrics = metrics;
    metrics.waiting(this);
  }

  /** Requests that wait or are being issued. */
  int waiting() {
    return MOST_WAITING - room.availablePermits();
  }

  /**
   * Issues for several requests, and waits until that is durable.
   *
   * @return one outcome for each, in the same order
   * @throws dev.birthmark.enrollment.site.StoreUnavailableException if it is not known what was
   *     issued; asking again is safe
   * @throws RejectedExecutionException if the service is ending
   */
  List<IssuanceOutcome> issue(List<GatedRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    if (!room.tryAcquire(requests.size())) {
      throw Problem.of(CommonProblem.UNAVAILABLE, "Too many requests wait to be issued.")
          .exception();
    }
    try {
      List<Waiting> mine =
          requests.stream().map(one -> new Waiting(one, new CompletableFuture<>())).toList();
      queue.addAll(mine);
      thread.execute(this::issueWaiting);
      // All of them, so that nothing of ours is left in the queue when the room is given back.
      CompletableFuture.allOf(
              mine.stream().map(Waiting::outcome).toArray(CompletableFuture<?>[]::new))
          .join();
      return mine.stream().map(one -> one.outcome().join()).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      room.release(requests.size());
    }
  }

  private void issueWaiting() {
    List<Waiting> group = next();
    while (!group.isEmpty()) {
      issueGroup(group);
      group = next();
    }
  }

  private List<Waiting> next() {
    List<Waiting> group = new ArrayList<>();
    for (int most = issuance.groupLimit(); group.size() < most; ) {
      Waiting one = queue.poll();
      if (one == null) {
        return group;
      }
      group.add(one);
    }
    return group;
  }

  private void issueGroup(List<Waiting> group) {
    metrics.group(group.size());
    try {
      List<IssuanceOutcome> outcomes =
          issuance.issue(group.stream().map(Waiting::request).toList());
      lastIssued(outcomes).ifPresent(issued);
      for (int i = 0; i < group.size(); i++) {
        group.get(i).outcome().complete(outcomes.get(i));
      }
    } catch (RuntimeException | Error e) {
      group.forEach(one -> one.outcome().completeExceptionally(e));
    }
  }

  private static Optional<Place> lastIssued(List<IssuanceOutcome> outcomes) {
    return outcomes.stream()
        .filter(IssuanceOutcome.Issued.class::isInstance)
        .map(one -> ((IssuanceOutcome.Issued) one).enrollment().credential().place())
        .max(Comparator.naturalOrder());
  }

  /** Before anything that issuing needs is taken down. */
  void end(@Observes ShutdownEvent event) throws InterruptedException {
    thread.shutdown(); // what was handed over is still carried out
    if (!thread.awaitTermination(FAREWELL.toNanos(), TimeUnit.NANOSECONDS)) {
      thread.shutdownNow();
    }
    for (Waiting one = queue.poll(); one != null; one = queue.poll()) {
      one.outcome().completeExceptionally(new RejectedExecutionException("the service ends"));
    }
  }
}
