package dev.birthmark.identity.server.mtls;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.server.device.DeviceRefusedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the device port answers what it refuses: problem details (RFC 9457) with an id. */
final class DeviceAnswers {
  private static final String ID = "birthmark.request-id";
  private static final String PROBLEM_JSON = "application/problem+json";

  private DeviceAnswers() {}

  /** Gives the request an id, which its problem and the log carry. */
  static void identify(RoutingContext context) {
    context.put(ID, UUID.randomUUID().toString());
  }

  static @Nullable String id(RoutingContext context) {
    return context.get(ID);
  }

  static Problem problem(DeviceRefusedException refused) {
    var kind = new RefusalProblem(refused.reason(), refused.nextStep(), refused.isRetryable());
    return Problem.of(kind, refused.detail());
  }

  /** The problem that a status code of the framework's stands for. */
  static Problem problem(int status) {
    CommonProblem kind =
        switch (status) {
          case 404 -> CommonProblem.NOT_FOUND;
          case 405 -> CommonProblem.METHOD_NOT_ALLOWED;
          case 413, 414, 431 -> CommonProblem.TOO_LARGE;
          case 415 -> CommonProblem.UNSUPPORTED_MEDIA_TYPE;
          default -> status >= 500 ? CommonProblem.INTERNAL : CommonProblem.MALFORMED;
        };
    return Problem.of(kind, kind.title() + ".");
  }

  /** Answers with problem details (RFC 9457). */
  static void answer(RoutingContext context, Problem problem) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(problem.kind().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM_JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (problem.kind().retryAfterSeconds() > 0) {
      response.putHeader(
          HttpHeaders.RETRY_AFTER, Integer.toString(problem.kind().retryAfterSeconds()));
    }
    if (problem.kind() instanceof RefusalProblem refusal && !refusal.retryable()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response.end(Buffer.buffer(Json.encode(problem.body(id(context)))));
  }
}
