package dev.birthmark.identity.server.feed;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Failures;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemAnswers;
import dev.birthmark.edge.problem.RequestId;
import dev.birthmark.identity.registry.Alarm;
import dev.birthmark.identity.registry.Alarms;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.server.replica.SitePeers;
import dev.birthmark.identity.server.replica.StatusKeeper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/changes?after=incarnation:number&wait=true|false}: the changes after a position,
 * in their order, as JSON lines or, if the caller accepts {@code text/event-stream}, as events with
 * the position as their id, which {@code Last-Event-ID} resumes from.
 */
@Singleton
final class FeedRoute {

  private static final int ORDER = -50;
  private static final String EVENTS = "text/event-stream";

  private final RegistryStore store;
  private final StatusKeeper keeper;
  private final SitePeers peers;
  private final Alarms alarms;
  private final ProblemAnswers problems;
  private final Failures failures;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("feed-", 0).factory());

  FeedRoute(
      RegistryStore store,
      StatusKeeper keeper,
      SitePeers peers,
      Alarms alarms,
      ProblemAnswers problems,
      Failures failures) {
    this.store = store;
    this.keeper = keeper;
    this.peers = peers;
    this.alarms = alarms;
    this.problems = problems;
    this.failures = failures;
  }

  void routes(@Observes Router router) {
    router.get("/v1/changes").order(ORDER).handler(this::follow);
  }

  private void follow(RoutingContext context) {
    Caller caller = Caller.of(context);
    peers.refuseFalseSite(caller);
    boolean events = accepts(context, EVENTS);
    Position after = after(context);
    boolean wait = !"false".equals(context.request().getParam("wait"));
    FeedStream stream = new FeedStream(context, store, keeper, caller.tenant(), events, wait);
    threads.execute(() -> {
      try {
        refuseBeyondHead(caller, after);
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", events ? EVENTS : NdjsonRoutes.MEDIA_TYPE)
            .putHeader("Cache-Control", "no-store");
        stream.run(after);
      } catch (RuntimeException e) {
        problems.send(context, failures.problem(e, RequestId.of(context)));
      }
    });
  }

  /** Whoever holds a later position than the database tells that the database was put back. */
  private void refuseBeyondHead(Caller caller, Position after) {
    Position head =
        store
            .read(tx -> tx.feed().head(caller.tenant()))
            .map(FeedRow::position)
            .orElse(Position.START);
    if (after.compareTo(head) > 0) {
      alarms.raise(
          caller.tenant(),
          Alarm.Kind.BEYOND_HEAD,
          caller.party(),
          "it follows from " + after + ", the feed ends at " + head);
      throw Problem.of(FeedProblem.POSITION_BEYOND_HEAD, "The feed ends at " + head + ".")
          .with("position", head.toString())
          .exception();
    }
  }

  private static boolean accepts(RoutingContext context, String type) {
    String accept = context.request().getHeader("Accept");
    return accept != null && accept.contains(type);
  }

  private static Position after(RoutingContext context) {
    @Nullable String text = context.request().getHeader("Last-Event-ID");
    if (text == null) {
      text = context.request().getParam("after");
    }
    try {
      return text == null || text.isEmpty() ? Position.START : Position.parse(text);
    } catch (MalformedException e) {
      throw Problem.of(CommonProblem.MALFORMED, "after is not incarnation:number.").exception();
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
