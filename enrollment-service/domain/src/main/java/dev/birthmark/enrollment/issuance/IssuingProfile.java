package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a profile says of the certificates that are issued under it.
 *
 * @param name of the profile, 1..128 octets of UTF-8
 * @param keys the kinds of key that it takes
 * @param content of the certificates
 * @param validity from issuing on, whole seconds; empty for certificates that never expire
 */
public record IssuingProfile(
    String name, Set<KeyAlgorithm> keys, CertificateContent content, Optional<Duration> validity) {

  /** Refuses a profile under which nothing could be issued. */
  public IssuingProfile {
    BoundedText.check("profile", name, 1, 128);
    keys = Collections.unmodifiableSet(EnumSet.copyOf(keys));
    validity.ifPresent(duration -> {
      if (duration.isNegative() || duration.isZero() || duration.getNano() != 0) {
        throw new IllegalArgumentException("validity is in whole seconds, at least one");
      }
    });
  }

  /** The last second of validity of what is issued at this time. */
  Instant notAfter(Instant issuedAt) {
    return validity.map(issuedAt::plus).orElse(CertificateTemplate.NO_EXPIRY);
  }
}
