package dev.birthmark.identity.server.oauth;

import dev.birthmark.identity.server.device.ConnectedDevice;
import dev.birthmark.identity.server.device.DeviceRefusedException;
import dev.birthmark.identity.server.device.DeviceRequest;
import dev.birthmark.identity.server.device.DeviceRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint on the device port (RFC 6749 §4.4, RFC 8705 §2), whose refusals have the form
 * of RFC 6749 §5.2, and the server's metadata and key set beside it.
 */
@ApplicationScoped
class TokenRoutes implements DeviceRoutes {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TokenIssuer tokens;
  private final AuthorizationServer server;

  TokenRoutes(TokenIssuer tokens, AuthorizationServer server) {
    this.tokens = tokens;
    this.server = server;
  }

  @Override
  public void mount(Router router) {
    router.post("/token").handler(this::token).failureHandler(TokenRoutes::failed);
    server.mountMetadata(router);
    server.mountKeySet(router, "/jwks");
  }

  private void token(RoutingContext context) {
    if (!isForm(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
      refuse(context, 400, TokenRequest.Error.INVALID_REQUEST, "send the request as " + FORM);
      return;
    }
    if (context.request().query() != null) {
      refuse(
          context,
          400,
          TokenRequest.Error.INVALID_REQUEST,
          "send the parameters in the body, not in the query");
      return;
    }
    ConnectedDevice device = DeviceRequest.device(context);
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    switch (TokenRequest.judge(context.request().formAttributes(), authorization, device.id())) {
      case TokenRequest.Granted() -> grant(context, tokens.issue(device));
      case TokenRequest.Refused(TokenRequest.Error error, String description) ->
          refuse(
              context, error == TokenRequest.Error.INVALID_CLIENT ? 401 : 400, error, description);
    }
  }

  private static boolean isForm(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.equals(FORM) || type.startsWith(FORM + ";");
  }

  private static void grant(RoutingContext context, TokenIssuer.AccessToken token) {
    answer(
        context,
        200,
        new JsonObject()
            .put("access_token", token.text())
            .put("token_type", "Bearer")
            .put("expires_in", token.lifetime().toSeconds()));
  }

  /** A credential that does not stand is a client that fails to authenticate. */
  private static void failed(RoutingContext context) {
    if (context.failure() instanceof DeviceRefusedException refused) {
      if (refused.isRetryable()) {
        context.next();
        return;
      }
      refuse(
          context,
          401,
          TokenRequest.Error.INVALID_CLIENT,
          refused.reason() + ": " + refused.detail() + " " + refused.nextStep());
    } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
      refuse(
          context,
          context.statusCode(),
          TokenRequest.Error.INVALID_REQUEST,
          "the form is malformed or too large; send grant_type and client_id only");
    } else {
      context.next();
    }
  }

  private static void refuse(
      RoutingContext context, int status, TokenRequest.Error error, String description) {
    answer(
        context,
        status,
        new JsonObject().put("error", error.code()).put("error_description", description));
  }

  /** RFC 6749 §5.1 and §5.2: never stored. */
  private static void answer(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Pragma", "no-cache")
        .end(body.toBuffer());
  }
}
