package dev.birthmark.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.installation.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/**
 * Bearer tokens as they should not be.
 *
 * @param home of the installation that must refuse them
 * @param audience whom they name
 * @param role what they allow
 */
record Tokens(Home home, Audience audience, String role) {

  /** Nothing is wrong with it. */
  String good() {
    return signed("default", role, audience, Duration.ofMinutes(5), operatorKey());
  }

  /** It was good an hour ago. */
  String expired() {
    return signed("default", role, audience, Duration.ofHours(-1), operatorKey());
  }

  /** Signed by somebody else. */
  String foreign() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return signed(
          "default",
          role,
          audience,
          Duration.ofMinutes(5),
          generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Meant for the other service. */
  String otherAudience() {
    Audience other = audience == Audience.IDENTITY ? Audience.ENROLLMENT : Audience.IDENTITY;
    return signed("default", role, other, Duration.ofMinutes(5), operatorKey());
  }

  /** Allows something else. */
  String otherRole(String other) {
    return signed("default", other, audience, Duration.ofMinutes(5), operatorKey());
  }

  /** Of another tenant. */
  String otherTenant() {
    return signed("somebody-else", role, audience, Duration.ofMinutes(5), operatorKey());
  }

  /** Signed by nobody. */
  String unsigned() {
    return new PlainJWT(claims("default", role, audience, Duration.ofMinutes(5))).serialize();
  }

  /** A MAC whose secret is the public key: RFC 8725 §2.1. */
  String keyConfused() {
    try {
      byte[] secret = Files.readAllBytes(home.operator().resolve("token-public.pem"));
      return serialized(
          JWSAlgorithm.HS256,
          claims("default", role, audience, Duration.ofMinutes(5)),
          new MACSigner(secret));
    } catch (IOException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(
      String tenant, String role, Audience audience, Duration life, PrivateKey key) {
    return serialized(
        JWSAlgorithm.RS256, claims(tenant, role, audience, life), new RSASSASigner(key));
  }

  private static String serialized(JWSAlgorithm algorithm, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWTClaimsSet claims(String tenant, String role, Audience audience, Duration life) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(OperatorKey.ISSUER)
        .audience(audience.claim())
        .subject("acceptance")
        .claim("azp", "acceptance")
        .claim("tenant", tenant)
        .claim("roles", List.of(role))
        .issueTime(Date.from(now.minus(Duration.ofHours(2))))
        .expirationTime(Date.from(now.plus(life)))
        .build();
  }

  private PrivateKey operatorKey() {
    try {
      Path file = home.operatorTokenKey();
      String body =
          Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
