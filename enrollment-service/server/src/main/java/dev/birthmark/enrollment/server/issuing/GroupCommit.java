package dev.birthmark.enrollment.server.issuing;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.Issuance;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.server.uplink.Uplink;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Gathers gated requests into groups. One commit is durable for all that waited for it, so the more
 * callers there are, the less each one costs.
 */
@Singleton
public final class GroupCommit {

  /** Requests that wait at most; more are told to come back. */
  private static final int MOST_WAITING = 20_000;

  private record Waiting(GatedRequest request, CompletableFuture<IssuanceOutcome> outcome) {}

  private final Issuance issuance;
  private final Uplink uplink;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;

  GroupCommit(Issuance issuance, Uplink uplink) {
    this.issuance = issuance;
    this.uplink = uplink;
    this.thread = Thread.ofPlatform().daemon().name("issuing").start(this::run);
  }

  /**
   * Issues for one request in the next group, and waits for it.
   *
   * @throws dev.birthmark.enrollment.site.StoreUnavailableException if it is not known what was
   *     issued; asking again is safe
   */
  public IssuanceOutcome issue(GatedRequest request) {
    return issue(List.of(request)).get(0);
  }

  /** Issues for several requests, in this order. */
  public List<IssuanceOutcome> issue(List<GatedRequest> requests) {
    List<Waiting> mine =
        requests.stream().map(request -> new Waiting(request, new CompletableFuture<>())).toList();
    for (Waiting one : mine) {
      if (!waiting.offer(one)) {
        one.outcome()
            .completeExceptionally(
                Problem.of(CommonProblem.UNAVAILABLE, "Too many requests wait to be issued.")
                    .exception());
      }
    }
    try {
      return mine.stream().map(one -> one.outcome().join()).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    try {
      while (true) {
        group.clear();
        group.add(waiting.take());
        waiting.drainTo(group, issuance.groupLimit() - 1);
        issue(group, group.stream().map(Waiting::request).toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the service ends; what waits was answered by nobody
    }
  }

  private void issue(List<Waiting> group, List<GatedRequest> requests) {
    try {
      List<IssuanceOutcome> outcomes = issuance.issue(requests);
      uplink.issued();
      for (int i = 0; i < group.size(); i++) {
        group.get(i).outcome().complete(outcomes.get(i));
      }
    } catch (RuntimeException | Error e) {
      group.forEach(one -> one.outcome().completeExceptionally(e));
    }
  }

  @PreDestroy
  void stop() {
    thread.interrupt();
  }
}
