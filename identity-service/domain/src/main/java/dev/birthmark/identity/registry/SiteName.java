package dev.birthmark.identity.registry;

import java.util.Comparator;

/**
 * Names a site of a tenant.
 *
 * @param tenant whose site
 * @param site its name in the tenant
 */
public record SiteName(String tenant, String site) implements Comparable<SiteName> {
  private static final Comparator<SiteName> ORDER =
      Comparator.comparing(SiteName::tenant).thenComparing(SiteName::site);

  @Override
  public int compareTo(SiteName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return tenant + "/" + site;
  }
}
