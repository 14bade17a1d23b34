package dev.birthmark.identity.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the keys lie that all replicas share. */
@ConfigMapping(prefix = "birthmark.identity")
public interface IdentitySettings {
  /** The folder of the service's keys; each file has mode 0600. */
  Path directory();

  /** PEM file of the roots that the service's TLS certificates end in: what sites are told. */
  @WithDefault("${birthmark.identity.directory}/tls-root.pem")
  Path tlsRoots();

  /** Credentials by fingerprint that are kept in memory, some 100 octets each. */
  @WithDefault("262144")
  int rememberedFingerprints();

  /** Certificates whose signature is known to be good, some 100 octets each. */
  @WithDefault("131072")
  int rememberedSignatures();
}
