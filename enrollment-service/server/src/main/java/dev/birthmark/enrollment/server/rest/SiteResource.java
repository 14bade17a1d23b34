package dev.birthmark.enrollment.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.enrollment.server.config.SiteTenant;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import dev.birthmark.enrollment.server.store.SqlSiteStore;
import dev.birthmark.enrollment.site.SiteHead;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The site itself: its standing and how far the two streams are. */
@Path("/v1/site")
@RolesAllowed({"factory", "admin", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SiteResource {

  /** The site and its standing. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SiteView(
      String site,
      String tenant,
      String state,
      @Nullable String reason,
      Log log,
      @Nullable Feed feed) {}

  /** The open log. */
  record Log(String id, String origin, long size, long pushed) {}

  /** How much of the status feed was applied. */
  record Feed(long incarnation, long number) {}

  private final SqlSiteStore store;
  private final SiteFiles files;
  private final SiteTenant tenant;
  private final SecurityIdentity identity;

  SiteResource(SqlSiteStore store, SiteFiles files, SiteTenant tenant, SecurityIdentity identity) {
    this.store = store;
    this.files = files;
    this.tenant = tenant;
    this.identity = identity;
  }

  @GET
  @Operation(summary = "The site's standing, its open log, its place in the status feed")
  public SiteView show() {
    tenant.check(Caller.of(identity));
    return store.read(transaction -> {
      SiteHead head = transaction.site().head().orElseThrow();
      long pushed = transaction.uplink().registered(head.log().log()).size();
      String reason = head.standing().reason();
      return new SiteView(
          files.bundle().site(),
          files.bundle().tenant(),
          head.standing().state().label(),
          reason.isEmpty() ? null : reason,
          new Log(head.log().log().hex(), head.log().origin(), head.log().size(), pushed),
          head.feed()
              .map(position -> new Feed(position.incarnation(), position.number()))
              .orElse(null));
    });
  }
}
