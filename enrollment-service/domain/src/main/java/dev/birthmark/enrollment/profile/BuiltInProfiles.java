package dev.birthmark.enrollment.profile;

import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.enrollment.issuance.IssuingProfile;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The profiles that every site has (IEEE 802.1AR-2018). */
public final class BuiltInProfiles {
  /** An initial device identity: made once at manufacture, without expiry. */
  public static final IssuingProfile IDEVID =
      new IssuingProfile(
          "idevid", EnumSet.allOf(KeyAlgorithm.class), CertificateContent.FULL, Optional.empty());

  /** A locally significant device identity: 90 days, renewable. */
  public static final IssuingProfile LDEVID =
      new IssuingProfile(
          "ldevid",
          EnumSet.allOf(KeyAlgorithm.class),
          CertificateContent.FULL,
          Optional.of(Duration.ofDays(90)));

  private BuiltInProfiles() {}

  /** All of them. */
  public static List<IssuingProfile> all() {
    return List.of(IDEVID, LDEVID);
  }
}
