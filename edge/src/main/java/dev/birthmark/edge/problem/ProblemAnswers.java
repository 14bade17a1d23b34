package dev.birthmark.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers with problems, on plain routes and for everything that fails outside of a REST resource.
 */
@ApplicationScoped
public class ProblemAnswers {

  public static final String MEDIA_TYPE = "application/problem+json";

  private final ObjectMapper mapper;
  private final Failures failures;
  private final long largestBody;

  ProblemAnswers(
      ObjectMapper mapper,
      Failures failures,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
    this.mapper = mapper;
    this.failures = failures;
    this.largestBody = largestBody.asLongValue();
  }

  /** Answers failures of this router's routes, and requests that no route takes. */
  public void install(@Observes Router router) {
    router.route().order(-1_000).failureHandler(this::failed);
    // Just before the framework's own limit, which answers without a body.
    router.route().order(-3).handler(this::refuseLargeBody);
    router
        .route()
        .order(Integer.MAX_VALUE)
        .handler(context -> send(context, Failures.ofStatus(404)));
  }

  private void refuseLargeBody(RoutingContext context) {
    var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > largestBody) {
      context.response().putHeader(HttpHeaders.CONNECTION, "close"); // the body will not be read
      send(context, Failures.ofStatus(413));
    } else {
      context.next();
    }
  }

  private void failed(RoutingContext context) {
    var failure = context.failure();
    send(
        context,
        failure == null
            ? Failures.ofStatus(context.statusCode())
            : failures.problem(failure, RequestId.of(context)));
  }

  /** Sends the problem as the answer; a request that is already answered is left alone. */
  public void send(RoutingContext context, Problem problem) {
    var response = context.response();
    if (response.ended()) {
      return;
    }
    if (response.headWritten()) {
      context.request().connection().close(); // half an answer must not look like a whole one
      return;
    }
    response.setStatusCode(problem.kind().status()).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    if (problem.kind().retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", String.valueOf(problem.kind().retryAfterSeconds()));
    }
    if (problem.kind().status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (!context.request().isEnded()) {
      context.request().resume(); // what is left of the body would block the connection
    }
    response.end(Buffer.buffer(write(problem, context)));
  }

  /** The same answer for a REST resource. */
  Response response(RoutingContext context, Problem problem) {
    var response =
        Response.status(problem.kind().status()).type(MEDIA_TYPE).entity(write(problem, context));
    if (problem.kind().retryAfterSeconds() > 0) {
      response.header("Retry-After", problem.kind().retryAfterSeconds());
    }
    if (problem.kind().status() == 401) {
      response.header("WWW-Authenticate", "Bearer");
    }
    return response.build();
  }

  private byte[] write(Problem problem, RoutingContext context) {
    try {
      return mapper.writeValueAsBytes(problem.body(RequestId.of(context)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem has a member that is no JSON", e);
    }
  }
}
