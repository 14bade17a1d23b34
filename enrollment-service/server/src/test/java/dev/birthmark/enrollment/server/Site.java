package dev.birthmark.enrollment.server;

import dev.birthmark.enrollment.server.store.SqlSiteStore;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.Standing;
import jakarta.inject.Singleton;

/** Puts the site where the identity service would put it. */
@Singleton
public class Site {

  private final SqlSiteStore store;

  Site(SqlSiteStore store) {
    this.store = store;
  }

  void stands(SiteState state) {
    store.write(transaction -> {
      transaction.site().lock();
      transaction.site().stand(Standing.of(state));
      return state;
    });
  }
}
