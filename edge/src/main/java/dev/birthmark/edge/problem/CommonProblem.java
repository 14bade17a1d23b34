package dev.birthmark.edge.problem;

/** The kinds of problem that any request can meet before a domain has seen it. */
public enum CommonProblem implements ListedProblem {
  MALFORMED(
      "malformed",
      400,
      "The request cannot be read",
      "Correct the request as the detail says and send it again."),
  LINE_TOO_LONG(
      "line-too-long", 400, "A line of the stream is too long", "Send the object in fewer octets."),
  UNAUTHENTICATED(
      "unauthenticated",
      401,
      "No valid credentials",
      "Send a valid bearer token for this service."),
  FORBIDDEN(
      "forbidden",
      403,
      "The caller's role does not allow this",
      "Use a token that carries the role needed."),
  NOT_FOUND(
      "not-found",
      404,
      "There is nothing at this address",
      "Check the path and the identifiers in it."),
  METHOD_NOT_ALLOWED(
      "method-not-allowed",
      405,
      "The address does not know this method",
      "Use a method that the API describes."),
  NOT_ACCEPTABLE(
      "not-acceptable",
      406,
      "No form of the answer is acceptable to the caller",
      "Accept application/json."),
  TOO_LARGE(
      "too-large",
      413,
      "The request is too large",
      "Send less in one request, or use the streaming form."),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type",
      415,
      "The body has an unknown media type",
      "Send the media type that the API describes."),
  INTERNAL(
      "internal",
      500,
      "The service met an error of its own",
      "Report the request id to the operator; a retry is safe."),
  UNAVAILABLE(
      "unavailable",
      503,
      "The service cannot do this now",
      "Send the same request again a little later; a retry is safe.") {
    @Override
    public int retryAfterSeconds() {
      return 1;
    }
  };

  private final Words words;

  CommonProblem(String reason, int status, String title, String nextStep) {
    this.words = new Words(reason, status, title, nextStep);
  }

  @Override
  public Words words() {
    return words;
  }

  /** The kind that says what a bare status code says. */
  static CommonProblem ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 503 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? MALFORMED : INTERNAL;
    };
  }
}
