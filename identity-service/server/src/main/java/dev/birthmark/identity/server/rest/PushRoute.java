package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Failures;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemAnswers;
import dev.birthmark.edge.problem.RequestId;
import dev.birthmark.identity.registry.Ingest;
import dev.birthmark.identity.registry.IngestOutcome;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.server.replica.SitePeers;
import dev.birthmark.identity.server.replica.StatusKeeper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code POST /v1/logs/{logId}?from=N}: a site pushes its log. A plain route, since its body is
 * larger than any other: four octets with the length of the note, the note, a bundle of entries.
 */
@Singleton
final class PushRoute {

  /** After authentication and authorization, before the limit on the size of bodies. */
  private static final int ORDER = -50;

  private static final int MAX_NOTE = 16_384;
  private static final int MAX_BODY = Integer.BYTES + MAX_NOTE + Ingest.MAX_OCTETS;

  private final Ingest ingest;
  private final SitePeers peers;
  private final StatusKeeper keeper;
  private final ProblemAnswers problems;
  private final Failures failures;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory());

  PushRoute(
      Ingest ingest,
      SitePeers peers,
      StatusKeeper keeper,
      ProblemAnswers problems,
      Failures failures) {
    this.ingest = ingest;
    this.peers = peers;
    this.keeper = keeper;
    this.problems = problems;
    this.failures = failures;
  }

  void routes(@Observes Router router) {
    router.post("/v1/logs/:logId").order(ORDER).handler(this::receive);
  }

  private void receive(RoutingContext context) {
    SiteName site =
        peers
            .siteOf(Caller.of(context))
            .orElseThrow(() ->
                Problem.of(
                        CommonProblem.FORBIDDEN,
                        "A log is pushed with the site's client certificate.")
                    .exception());
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.strip().equalsIgnoreCase("application/octet-stream")) {
      throw Problem.of(
              CommonProblem.UNSUPPORTED_MEDIA_TYPE, "The body must be application/octet-stream.")
          .exception();
    }
    Buffer body = Buffer.buffer();
    context
        .request()
        .handler(chunk -> {
          if (body.length() <= MAX_BODY) {
            body.appendBuffer(chunk);
          }
        })
        .endHandler(end -> threads.execute(() -> answer(context, site, body)));
  }

  private void answer(RoutingContext context, SiteName site, Buffer body) {
    try {
      JsonObject accepted = push(context, site, body);
      context.response().putHeader("Content-Type", "application/json").end(accepted.toBuffer());
    } catch (RuntimeException e) {
      problems.send(context, failures.problem(e, RequestId.of(context)));
    }
  }

  private JsonObject push(RoutingContext context, SiteName site, Buffer body) {
    if (body.length() > MAX_BODY) {
      throw Problem.of(IdentityProblem.PUSH_TOO_LARGE, "At most 8 MB are taken at once.")
          .exception();
    }
    LogId log = log(String.valueOf(context.pathParam("logId")));
    long from =
        NumberParameter.read(
            IdentityProblem.PUSH_MALFORMED,
            "from",
            context.request().getParam("from"),
            0,
            Place.MAX_INDEX);
    byte[] octets = body.getBytes();
    int note = octets.length < Integer.BYTES ? -1 : body.getInt(0);
    if (note < 0 || note > MAX_NOTE || note > octets.length - Integer.BYTES) {
      throw malformed("The body does not begin with the length of a note and the note.");
    }
    byte[] checkpoint = Arrays.copyOfRange(octets, Integer.BYTES, Integer.BYTES + note);
    byte[] entries = Arrays.copyOfRange(octets, Integer.BYTES + note, octets.length);
    return switch (ingest.push(site, log, from, checkpoint, entries)) {
      case IngestOutcome.Accepted accepted -> {
        keeper.takeOver(log, accepted.size()); // a device may connect once its site was answered
        yield written(accepted);
      }
      case IngestOutcome.WrongFrom(var size) ->
          throw Problem.of(IdentityProblem.LOG_SIZE, "The log ends at " + size + ".")
              .with("size", size)
              .exception();
      case IngestOutcome.Refused(var why, var detail) ->
          throw Problem.of(
                  why == IngestOutcome.Refusal.MALFORMED
                      ? IdentityProblem.PUSH_MALFORMED
                      : IdentityProblem.of(why.text()),
                  detail)
              .exception();
    };
  }

  private static JsonObject written(IngestOutcome.Accepted accepted) {
    return new JsonObject()
        .put("size", accepted.size())
        .put("checkpoint", accepted.checkpoint())
        .put("time", accepted.time().toString())
        .put(
            "feed",
            new JsonObject()
                .put("incarnation", accepted.feed().incarnation())
                .put("number", accepted.feed().number()));
  }

  private static LogId log(String text) {
    try {
      return LogId.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.LOG_UNKNOWN, "A log id is 16 hexadecimal digits.")
          .exception();
    }
  }

  private static RuntimeException malformed(String detail) {
    return Problem.of(IdentityProblem.PUSH_MALFORMED, detail).exception();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
