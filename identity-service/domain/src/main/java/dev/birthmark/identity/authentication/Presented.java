package dev.birthmark.identity.authentication;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.Credential;
import java.util.List;
import java.util.Optional;

/** What a device presented. */
public sealed interface Presented {

  /**
   * Certificates in DER, the device's first; the others are not needed and not looked at, since its
   * issuer is known here or not at all. The arrays are not written to.
   */
  record Chain(List<byte[]> certificates) implements Presented {
    /** The most certificates. */
    public static final int MAX_CERTIFICATES = 8;

    /** The most octets in all. */
    public static final int MAX_OCTETS = 65_536;

    public Chain {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * The fingerprint of a certificate that somebody else has verified.
   *
   * @param fingerprint SHA-256 of the certificate
   * @param credential the registered credential with all of these 256 bits, if there is one: see
   *     {@link FingerprintResolver}
   */
  record Fingerprint(Sha256 fingerprint, Optional<Credential> credential) implements Presented {
    public Fingerprint {
      if (credential.isPresent() && !credential.get().fingerprint().equals(fingerprint)) {
        throw new IllegalArgumentException("a credential with another fingerprint");
      }
    }
  }
}
