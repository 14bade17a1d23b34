package dev.birthmark.identity.registry;

import java.util.Comparator;

/**
 * What many credentials share, kept once. Empty text is none.
 *
 * @param site where it was issued
 * @param order the production order; for a renewal that of the credential at its beginning
 * @param lot of the device
 * @param model of the device
 * @param hardwareRevision of the device
 * @param profile of the certificate
 * @param station of the line
 */
public record Facts(
    SiteName site,
    String order,
    String lot,
    String model,
    String hardwareRevision,
    String profile,
    String station)
    implements Comparable<Facts> {
  private static final Comparator<Facts> ORDER =
      Comparator.comparing(Facts::site)
          .thenComparing(Facts::order)
          .thenComparing(Facts::lot)
          .thenComparing(Facts::model)
          .thenComparing(Facts::hardwareRevision)
          .thenComparing(Facts::profile)
          .thenComparing(Facts::station);

  @Override
  public int compareTo(Facts other) {
    return ORDER.compare(this, other);
  }
}
