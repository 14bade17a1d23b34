package dev.birthmark.identity.server.oauth;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.identity.server.device.ConnectedDevice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/** Writes access tokens for devices whose standing has just been checked. */
@ApplicationScoped
class TokenIssuer {
  /** The claim that holds what the platform knows of the device; a name nobody else gives out. */
  static final String DEVICE_CLAIM = "https://birthmark.dev/claims/device";

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private static final Duration LONGEST = Duration.ofHours(1);

  private final URI issuer;
  private final String audience;
  private final Duration lifetime;
  private final TokenKey key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  TokenIssuer(TokenSettings settings, Providers providers, InstantSource clock) {
    this(
        settings.issuer(),
        settings.audience(),
        settings.lifetime(),
        TokenKey.read(settings.keyFile(), providers),
        clock);
  }

  TokenIssuer(URI issuer, String audience, Duration lifetime, TokenKey key, InstantSource clock) {
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("birthmark.token.lifetime must be PT1S to PT1H");
    }
    if (!issuer.isAbsolute() || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "birthmark.token.issuer must be an absolute URL without query and fragment");
    }
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
    this.key = key;
    this.clock = clock;
  }

  /**
   * A token (RFC 9068) bound to the connection's certificate (RFC 8705 §3.1): {@code x5t#S256} is
   * the SHA-256 of the whole certificate. It ends with the certificate if that is sooner.
   */
  AccessToken issue(ConnectedDevice device) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Instant end = now.plus(lifetime);
    if (device.notAfter().isBefore(end)) {
      end = device.notAfter();
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.toString());
    claims.put("sub", device.id());
    claims.put("client_id", device.id());
    claims.put("aud", audience);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", end.getEpochSecond());
    claims.put("jti", identifier());
    claims.put("cnf", Map.of("x5t#S256", BASE64URL.encodeToString(device.fingerprint().bytes())));
    claims.put("tenant", device.tenant());
    claims.put(DEVICE_CLAIM, facts(device));
    return new AccessToken(key.sign(JsonUtil.toJson(claims)), Duration.between(now, end));
  }

  private static Map<String, Object> facts(ConnectedDevice device) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", device.model());
    if (!device.hardwareRevision().isEmpty()) {
      facts.put("hardwareRevision", device.hardwareRevision());
    }
    if (!device.lot().isEmpty()) {
      facts.put("lot", device.lot());
    }
    return facts;
  }

  /** 128 random bits, so that a {@code jti} never comes twice. */
  private String identifier() {
    return BASE64URL.encodeToString(
        ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array());
  }

  String keySet() {
    return key.keySet();
  }

  URI issuer() {
    return issuer;
  }

  /**
   * A signed token.
   *
   * @param text the compact JWS
   * @param lifetime from now to its {@code exp}
   */
  record AccessToken(String text, Duration lifetime) {}
}
