package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.site.SiteStore;

final class InMemorySiteStoreTest extends SiteStoreContract {
  @Override
  protected SiteStore<SiteTransaction> emptyStore() {
    return new InMemorySiteStore();
  }
}
