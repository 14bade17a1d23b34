package dev.birthmark.identity.server.oauth;

import dev.birthmark.identity.server.device.DeviceAddress;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;

/**
 * What the authorization server says of itself: its metadata (RFC 8414 §2, RFC 8705 §3.3 and §5)
 * and its key set (RFC 7517). Public, and the same on every listener.
 */
@ApplicationScoped
class AuthorizationServer {
  private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
  private static final String API_KEY_SET = "/v1/tokens/jwks";

  private final URI issuer;
  private final URI jwksUri;
  private final DeviceAddress devicePort;
  private final String keySet;

  @Inject
  AuthorizationServer(TokenSettings settings, TokenIssuer tokens, DeviceAddress devicePort) {
    this(
        settings.issuer(),
        settings.jwksUri().orElseGet(() -> URI.create(settings.issuer() + API_KEY_SET)),
        devicePort,
        tokens.keySet());
  }

  /**
   * @param keySet the key set as JSON
   */
  AuthorizationServer(URI issuer, URI jwksUri, DeviceAddress devicePort, String keySet) {
    this.issuer = issuer;
    this.jwksUri = jwksUri;
    this.devicePort = devicePort;
    this.keySet = keySet;
  }

  /** On the API, for those who check tokens. */
  void publish(@Observes Router api) {
    mountMetadata(api);
    mountKeySet(api, API_KEY_SET);
  }

  /**
   * Adds the metadata at the well-known path, also with the issuer's own path after it (RFC 8414
   * §3).
   */
  void mountMetadata(Router router) {
    router.get(WELL_KNOWN).handler(context -> answer(context, metadata().encode()));
    String path = issuer.getRawPath();
    if (path != null && path.length() > 1) {
      router.get(WELL_KNOWN + path).handler(context -> answer(context, metadata().encode()));
    }
  }

  void mountKeySet(Router router, String path) {
    router.get(path).handler(context -> answer(context, keySet));
  }

  JsonObject metadata() {
    String token = devicePort.url() + "/token";
    return new JsonObject()
        .put("issuer", issuer.toString())
        .put("token_endpoint", token)
        .put("jwks_uri", jwksUri.toString())
        .put("response_types_supported", new JsonArray())
        .put("grant_types_supported", new JsonArray().add("client_credentials"))
        .put("token_endpoint_auth_methods_supported", new JsonArray().add("tls_client_auth"))
        .put("tls_client_certificate_bound_access_tokens", true)
        .put("mtls_endpoint_aliases", new JsonObject().put("token_endpoint", token));
  }

  private static void answer(RoutingContext context, String json) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
        .end(json);
  }
}
