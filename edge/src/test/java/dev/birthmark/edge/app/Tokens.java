package dev.birthmark.edge.app;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Real tokens, good ones and such as must be refused. */
public final class Tokens {

  private Tokens() {}

  /** A header with a good token of a party with these roles. */
  public static String bearer(String... roles) {
    return header(claims(roles));
  }

  public static JwtClaimsBuilder claims(String... roles) {
    var now = Instant.now();
    return Jwt.claims()
        .issuer("birthmark-local")
        .audience("birthmark-edge-test")
        .subject("station-7")
        .issuedAt(now)
        .expiresAt(now.plus(Duration.ofMinutes(5)))
        .claim("azp", "factory-a")
        .claim("tenant", "default")
        .claim("roles", Set.of(roles));
  }

  public static String header(JwtClaimsBuilder claims) {
    return "Authorization: Bearer " + claims.sign(Surroundings.TOKEN_KEY.getPrivate()) + "\r\n";
  }
}
