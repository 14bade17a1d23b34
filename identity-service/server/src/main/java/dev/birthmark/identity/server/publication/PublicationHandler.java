package dev.birthmark.identity.server.publication;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a request of the plain-HTTP listener by its raw path. */
final class PublicationHandler implements Handler<HttpServerRequest> {
  private static final Pattern ISSUER = Pattern.compile("/issuers/([0-9a-f]{2,64})\\.cer");

  private final PublicationSettings settings;
  private final IssuerCertificates issuers;

  PublicationHandler(PublicationSettings settings, IssuerCertificates issuers) {
    this.settings = settings;
    this.issuers = issuers;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = path(request.uri());
    Matcher issuer = ISSUER.matcher(path);
    if (issuer.matches()) {
      if (isRead(request)) {
        issuer(request, issuers.bySubjectKeyIdentifier(issuer.group(1)));
      } else {
        refuse(request, Problem.of(CommonProblem.METHOD_NOT_ALLOWED, "Use GET or HEAD."));
      }
    } else if (path.equals("/ocsp") || path.startsWith("/ocsp/") || path.startsWith("/crl/")) {
      notYet(request);
    } else {
      refuse(request, Problem.of(CommonProblem.NOT_FOUND, "Nothing is published at this address."));
    }
  }

  /**
   * As it came, percent signs and double slashes included; an absolute-form target loses its
   * origin.
   */
  private static String path(String target) {
    String path = target;
    if (!path.startsWith("/")) {
      int authority = path.indexOf("://");
      int slash = authority < 0 ? -1 : path.indexOf('/', authority + 3);
      path = slash < 0 ? "" : path.substring(slash);
    }
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static boolean isRead(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  private void issuer(HttpServerRequest request, Optional<byte[]> certificate) {
    if (certificate.isEmpty()) {
      refuse(request, Problem.of(CommonProblem.NOT_FOUND, "No issuer has this key identifier."));
      return;
    }
    byte[] der = certificate.get();
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/pkix-cert")
            .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(der.length))
            .putHeader(
                HttpHeaders.CACHE_CONTROL,
                "public, immutable, max-age=" + settings.issuerMaxAge().toSeconds());
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(der));
    }
  }

  /**
   * The addresses stand in every certificate, so they say that they are alive and when to come
   * again.
   */
  private void notYet(HttpServerRequest request) {
    request
        .response()
        .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(settings.retryAfter().toSeconds()));
    refuse(
        request,
        Problem.of(
            CommonProblem.UNAVAILABLE,
            "Certificate status is not published here yet; ask POST /v1/decisions of the API."));
  }

  private static void refuse(HttpServerRequest request, Problem problem) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(problem.kind().status())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
    String body = Json.encode(problem.body(null));
    if (isRead(request)) {
      response.end(body);
    } else { // nobody waits for the end of a body that nobody wants
      response
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .end(body)
          .onComplete(sent -> request.connection().close());
    }
  }
}
