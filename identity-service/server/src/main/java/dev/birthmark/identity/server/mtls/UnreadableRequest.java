package dev.birthmark.identity.server.mtls;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.ListedProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemKind;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;

/** Requests that are too large to be looked at, or no HTTP at all. */
enum UnreadableRequest implements ListedProblem {
  REQUEST_LINE_TOO_LONG(
      "request-line-too-long", 414, "The request line is too long", "Shorten the path and query."),
  HEADERS_TOO_LARGE(
      "headers-too-large",
      431,
      "The header fields are too large",
      "Send fewer or shorter header fields.");

  private final Words words;

  UnreadableRequest(String reason, int status, String title, String nextStep) {
    this.words = new Words(reason, status, title, nextStep);
  }

  /** Answers such a request and hangs up: what follows on its connection cannot be told apart. */
  static void answer(HttpServerRequest request) {
    ProblemKind kind =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException e -> REQUEST_LINE_TOO_LONG;
          case TooLongHttpHeaderException e -> HEADERS_TOO_LARGE;
          case null, default -> CommonProblem.MALFORMED;
        };
    request
        .response()
        .setStatusCode(kind.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(Json.encode(Problem.of(kind, kind.title() + ".").body(null)))
        .onComplete(sent -> request.connection().close());
  }

  @Override
  public Words words() {
    return words;
  }
}
