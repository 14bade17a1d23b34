package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.Standing;

/** Changes a site's standing, under the lock, and never back from halted. */
final class Standings {
  private final SiteStore<? extends SiteTransaction> store;

  Standings(SiteStore<? extends SiteTransaction> store) {
    this.store = store;
  }

  /** The site contradicts its mirror: nothing is issued any more. */
  void halt(String reason) {
    turn(new Standing(SiteState.HALTED, reason));
  }

  /** The mirror holds what the site lost. */
  void recover(String reason) {
    turn(new Standing(SiteState.RECOVERING, reason));
  }

  void turn(Standing to) {
    store.write(transaction -> {
      SiteHead site = transaction.site().lock();
      if (site.standing().state() != SiteState.HALTED) {
        transaction.site().stand(to);
      }
      return to;
    });
  }
}
