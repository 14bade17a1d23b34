package dev.birthmark.edge.ndjson;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Failures;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Mounts streaming routes. A service does so while the router is set up:
 *
 * <pre>{@code
 * void routes(@Observes Router router) {
 *   ndjson.mount(router, "/v1/things/batch", Thing.class, NdjsonLimits.DEFAULT, this::answer);
 * }
 * }</pre>
 *
 * Who may use the path is said by {@code quarkus.http.auth.permission.*}.
 */
@ApplicationScoped
public class NdjsonRoutes {

  /** The media type of a stream of JSON lines. */
  public static final String MEDIA_TYPE = "application/x-ndjson";

  /** After authentication and authorization, before the limit on the size of bodies. */
  private static final int ORDER = -50;

  private final ObjectMapper mapper;
  private final Failures failures;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ndjson-", 0).factory());

  NdjsonRoutes(ObjectMapper mapper, Failures failures) {
    this.mapper = mapper;
    this.failures = failures;
  }

  /** Answers {@code POST path} line by line. */
  public <T> void mount(
      Router router, String path, Class<T> type, NdjsonLimits limits, RowHandler<T> handler) {
    var reader = mapper.readerFor(type);
    router
        .post(path)
        .order(ORDER)
        .handler(context -> {
          requireNdjson(context);
          var lines =
              new LineAnswers<>(
                  Caller.of(context),
                  reader,
                  mapper.writer(),
                  failures,
                  RequestId.of(context),
                  handler);
          context.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
          new NdjsonExchange(context, limits, threads, lines::answer).start();
        });
  }

  private static void requireNdjson(RoutingContext context) {
    var sent = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (sent == null || !sent.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE)) {
      throw Problem.of(CommonProblem.UNSUPPORTED_MEDIA_TYPE, "The body must be " + MEDIA_TYPE + ".")
          .next("Send the header Content-Type: " + MEDIA_TYPE + ".")
          .exception();
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
