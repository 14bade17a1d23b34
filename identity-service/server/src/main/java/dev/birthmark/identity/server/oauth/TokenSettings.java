package dev.birthmark.identity.server.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the tokens that devices get. */
@ConfigMapping(prefix = "birthmark.token")
public interface TokenSettings {
  /**
   * The {@code iss} of every device token and the issuer of the metadata (RFC 8414 §2), compared as
   * a string by relying parties: an absolute URL without query and fragment, the same at all
   * replicas.
   */
  @WithDefault("${birthmark.base-url}")
  URI issuer();

  /** The {@code aud} of every device token; what a relying party must demand. */
  @WithDefault("birthmark-devices")
  String audience();

  /** How long a token is good for, 1 second to 1 hour; never beyond the certificate's own end. */
  @WithDefault("PT5M")
  Duration lifetime();

  /** PEM file (PKCS#8) of the P-256 key that signs the tokens; the same at all replicas. */
  @WithDefault("${birthmark.identity.directory}/token-key.pem")
  Path keyFile();

  /** Where relying parties fetch the key set; {@code {issuer}/v1/tokens/jwks} if absent. */
  Optional<URI> jwksUri();
}
