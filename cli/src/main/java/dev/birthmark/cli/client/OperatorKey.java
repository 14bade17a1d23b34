package dev.birthmark.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The RSA key of a first-run installation, with which the command line signs its own bearer tokens
 * (RFC 7519, RS256). The services know its public half and issuer {@value #ISSUER}; a production
 * profile refuses both.
 */
public final class OperatorKey implements TokenSource {

  /** The {@code iss} claim of every token that is made here. */
  public static final String ISSUER = "birthmark-local";

  /** How long a token lives that a command makes for itself. */
  public static final Duration SHORT = Duration.ofMinutes(5);

  private static final String TENANT = "default";
  private static final String PARTY = "birthmark-cli";
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;
  private final InstantSource clock;

  private OperatorKey(PrivateKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads the key.
   *
   * @param file PKCS#8 in PEM
   * @param clock for {@code iat} and {@code exp}
   */
  public static OperatorKey read(Path file, InstantSource clock) {
    try {
      String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
      byte[] der = Base64.getMimeDecoder().decode(body);
      return new OperatorKey(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)), clock);
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot read the operator's key " + file + "; birthmark up makes it", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnavailableException(file + " is no RSA key in PKCS#8 PEM", e);
    }
  }

  @Override
  public String token(Audience audience, Set<Role> roles) {
    return token(audience, roles, PARTY, SHORT);
  }

  /**
   * A token for another party or another time.
   *
   * @param party the {@code azp} claim: who acts, as the services record it
   * @param life from now to {@code exp}; at most a day
   */
  public String token(Audience audience, Set<Role> roles, String party, Duration life) {
    Instant now = clock.instant();
    String claims =
        """
        {"iss":"%s","aud":"%s","sub":"%s","azp":"%s","tenant":"%s","roles":[%s],"iat":%d,"exp":%d}\
        """
            .formatted(
                ISSUER,
                audience.claim(),
                party,
                party,
                TENANT,
                roles.stream()
                    .sorted()
                    .map(role -> '"' + role.claim() + '"')
                    .collect(Collectors.joining(",")),
                now.getEpochSecond(),
                now.plus(life).getEpochSecond());
    String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String json) {
    return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
