package dev.birthmark.identity.server.oauth;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;

/**
 * The P-256 key that signs device tokens (ES256). Its {@code kid} is the JWK thumbprint (RFC 7638),
 * so replicas that share the file agree on it without a setting.
 */
final class TokenKey {
  private static final String ES256 = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
  private static final int SIGNATURE_OCTETS = 64;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyCustody custody;
  private final EllipticCurveJsonWebKey published;
  private final String header;

  /**
   * @param custody a key that signs with ECDSA and SHA-256 on P-256
   */
  TokenKey(KeyCustody custody) {
    if (custody.algorithm() != SignatureAlgorithm.ECDSA_SHA256) {
      throw new IllegalArgumentException("device tokens are signed with ES256");
    }
    this.custody = custody;
    published = new EllipticCurveJsonWebKey(publicKey(custody));
    published.setKeyId(published.calculateBase64urlEncodedThumbprint("SHA-256"));
    published.setUse("sig");
    published.setAlgorithm(ES256);
    header = header(published.getKeyId());
  }

  /** Reads a PEM file that holds one PKCS#8 private key on P-256. */
  static TokenKey read(Path file, Providers providers) {
    return new TokenKey(KeyFiles.readPem(file, SignatureAlgorithm.ECDSA_SHA256, providers));
  }

  /** RFC 9068 §2.1. */
  private static String header(String keyId) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "at+jwt");
    header.put("alg", ES256);
    header.put("kid", keyId);
    return encoded(JsonUtil.toJson(header).getBytes(StandardCharsets.UTF_8));
  }

  private static ECPublicKey publicKey(KeyCustody custody) {
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(custody.publicKey().der()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a P-256 key that the JDK does not read", e);
    }
  }

  /** The key's RFC 7638 thumbprint, base64url without padding. */
  String id() {
    return published.getKeyId();
  }

  /** The RFC 7517 key set that relying parties check tokens with; public halves only. */
  String keySet() {
    return new JsonWebKeySet(List.<JsonWebKey>of(published))
        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /**
   * Signs claims as a compact JWS (RFC 7515 §7.1). The key stays with its custody, which signs with
   * the fast provider; a JWT library would want the key itself.
   */
  String sign(String claims) {
    String input = header + '.' + encoded(claims.getBytes(StandardCharsets.UTF_8));
    byte[] signature = custody.sign(input.getBytes(StandardCharsets.US_ASCII));
    try {
      byte[] joined = EcdsaUsingShaAlgorithm.convertDerToConcatenated(signature, SIGNATURE_OCTETS);
      return input + '.' + encoded(joined);
    } catch (IOException e) {
      throw new IllegalStateException("the key custody made no ECDSA signature", e);
    }
  }

  private static String encoded(byte[] octets) {
    return BASE64URL.encodeToString(octets);
  }
}
