package dev.birthmark.identity.server.oauth;

import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token request (RFC 6749 §4.4.2, RFC 8705 §2) as it is judged, before anything is signed. */
sealed interface TokenRequest {
  /** May be answered with a token. */
  record Granted() implements TokenRequest {}

  /**
   * Refused in the words of RFC 6749 §5.2.
   *
   * @param error the error code
   * @param description for the developer of the device, ASCII, what to do instead
   */
  record Refused(Error error, String description) implements TokenRequest {}

  /** The error codes of RFC 6749 §5.2 that a device can meet. */
  enum Error {
    INVALID_REQUEST("invalid_request"),
    INVALID_CLIENT("invalid_client"),
    UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),
    INVALID_SCOPE("invalid_scope");

    private final String code;

    Error(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * Parameters that must not come twice, and the other ways to authenticate, which must not come.
   */
  List<String> KNOWN =
      List.of(
          "grant_type",
          "client_id",
          "scope",
          "client_secret",
          "client_assertion",
          "client_assertion_type");

  /**
   * Judges the form of a request. Parameters nobody knows are ignored (RFC 6749 §3.2), known ones
   * may come once, and one without a value counts as left out.
   *
   * @param form the decoded form
   * @param authorization the Authorization header, if there was one
   * @param deviceId the device id in the connection's certificate
   */
  static TokenRequest judge(MultiMap form, @Nullable String authorization, String deviceId) {
    for (String name : KNOWN) {
      if (form.getAll(name).size() > 1) {
        return new Refused(Error.INVALID_REQUEST, name + " came more than once; send it once");
      }
    }
    if (authorization != null
        || present(form, "client_secret")
        || present(form, "client_assertion")) {
      return new Refused(
          Error.INVALID_REQUEST,
          "the certificate of the connection is the only way to authenticate; send no secret, no"
              + " assertion and no Authorization header");
    }
    if (!present(form, "grant_type")) {
      return new Refused(
          Error.INVALID_REQUEST, "grant_type is missing; send grant_type=client_credentials");
    }
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return new Refused(
          Error.UNSUPPORTED_GRANT_TYPE, "only grant_type=client_credentials is supported");
    }
    if (!present(form, "client_id")) {
      return new Refused(
          Error.INVALID_REQUEST, "client_id is missing; send the device id of the certificate");
    }
    if (!deviceId.equals(form.get("client_id"))) {
      return new Refused(
          Error.INVALID_CLIENT,
          "client_id is not the device id in the certificate of this connection");
    }
    if (present(form, "scope")) {
      return new Refused(Error.INVALID_SCOPE, "no scopes are defined; leave scope out");
    }
    return new Granted();
  }

  private static boolean present(MultiMap form, String name) {
    String value = form.get(name);
    return value != null && !value.isEmpty();
  }
}
