package dev.birthmark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A problem document (RFC 9457) of a service.
 *
 * @param status the HTTP status
 * @param reason the stable word for what is wrong
 * @param detail one sentence for the caller
 * @param nextStep what to do about it; empty if the service did not say
 * @param document all that the service said
 */
public record Problem(
    int status, String reason, String detail, String nextStep, JsonNode document) {

  /** Reads a problem from an answer; one without a body is named after its status. */
  public static Problem of(int status, JsonNode document) {
    String detail = document.path("detail").asText(document.path("title").asText(""));
    return new Problem(
        status,
        document.path("reason").asText("http-" + status),
        detail.isEmpty() ? fallback(status) : detail,
        document.path("nextStep").asText(""),
        document);
  }

  private static String fallback(int status) {
    return switch (status) {
      case 401 -> "the service does not accept the token";
      case 403 -> "the token's roles do not allow this";
      case 404 -> "there is no such thing here";
      default -> "the service answered with status " + status;
    };
  }
}
