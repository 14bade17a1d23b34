package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.custody.SoftwareKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Keys in files of mode 0600: {@code root.p12} and {@code root.pass} in a directory of their own;
 * {@code issuer.p12}, {@code issuer.pass}, {@code log-key.pem} and {@code site-client-key.pem} in
 * the one that the enrollment service reads. Both directories exist.
 *
 * @param offline for the root
 * @param service for the others
 * @param random for passphrases
 */
public record KeyDirectory(Path offline, Path service, SecureRandom random) implements KeyVault {

  /** The issuing authority's key as PKCS#12. */
  public static final String ISSUER = "issuer.p12";

  /** Its passphrase. */
  public static final String ISSUER_PASSPHRASE = "issuer.pass";

  /** The log's key as PEM of PKCS#8. */
  public static final String LOG_KEY = "log-key.pem";

  /** The site's client key as PEM of PKCS#8. */
  public static final String SITE_CLIENT_KEY = "site-client-key.pem";

  @Override
  public void keep(KeyRole role, SoftwareKey key, List<byte[]> certificates) {
    switch (role) {
      case ROOT ->
          KeyFiles.writePkcs12(
              offline.resolve("root.p12"), offline.resolve("root.pass"), key, certificates, random);
      case ISSUER ->
          KeyFiles.writePkcs12(
              service.resolve(ISSUER),
              service.resolve(ISSUER_PASSPHRASE),
              key,
              certificates,
              random);
      case LOG -> KeyFiles.writePem(service.resolve(LOG_KEY), key);
      case SITE_CLIENT -> KeyFiles.writePem(service.resolve(SITE_CLIENT_KEY), key);
    }
  }
}
