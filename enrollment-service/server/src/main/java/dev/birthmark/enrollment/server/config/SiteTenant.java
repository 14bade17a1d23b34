package dev.birthmark.enrollment.server.config;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import jakarta.inject.Singleton;

/** A site belongs to one tenant; whoever is of another finds nothing here. */
@Singleton
public final class SiteTenant {

  private final String tenant;

  SiteTenant(SiteFiles files) {
    this.tenant = files.bundle().tenant();
  }

  /** The caller, if he is of the site's tenant. */
  public Caller check(Caller caller) {
    if (!caller.tenant().equals(tenant)) {
      throw Problem.of(CommonProblem.NOT_FOUND, "There is nothing at this address for the caller.")
          .exception();
    }
    return caller;
  }
}
