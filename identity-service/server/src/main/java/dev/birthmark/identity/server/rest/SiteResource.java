package dev.birthmark.identity.server.rest;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.registry.SiteOutcome;
import dev.birthmark.identity.registry.Sites;
import dev.birthmark.identity.server.replica.SitePeers;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Sites: registered, listed, let open their next log by an administrator. */
@Path("/v1/sites")
@RolesAllowed("admin")
@RunOnVirtualThread
public class SiteResource {

  /** The media type of a bundle. */
  static final String PEM = "application/x-pem-file";

  /** All sites of the tenant. */
  record SiteList(List<SiteView> sites) {}

  /** A site and its logs. */
  record SiteView(
      String site, long bundle, String registeredBy, Instant registeredAt, List<LogView> logs) {}

  /** A log of a site. */
  record LogView(String id, String origin, long size, boolean closed, Instant ingestedAt) {}

  /** What a reopening did. */
  record Reopened(Closed closed, Next next) {}

  /** The log that takes nothing more. */
  record Closed(String id, long size) {}

  /** The log that the site goes on in. */
  record Next(String id, String origin) {}

  private final Sites sites;
  private final SitePeers peers;
  private final Replica replica;
  private final SecurityIdentity identity;

  SiteResource(Sites sites, SitePeers peers, Replica replica, SecurityIdentity identity) {
    this.sites = sites;
    this.peers = peers;
    this.replica = replica;
    this.identity = identity;
  }

  @POST
  @Consumes({PEM, MediaType.TEXT_PLAIN})
  @Produces(PEM)
  @Operation(summary = "Register a site by its bundle; answers with the identity bundle")
  public RestResponse<String> register(String pem) {
    Caller caller = Caller.of(identity);
    return switch (sites.register(caller.tenant(), caller.name(), pem)) {
      case SiteOutcome.Registered(var _, var bundle, var fresh) -> {
        peers.refresh();
        replica.poll(); // its issuers are known here before the site hears of it
        yield RestResponse.status(
            fresh ? RestResponse.Status.CREATED : RestResponse.Status.OK, bundle.pem());
      }
      case SiteOutcome.Refused refused -> throw problem(refused);
      case SiteOutcome.Reopened _ -> throw new IllegalStateException("nothing was reopened");
    };
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The sites of the tenant and their logs")
  public SiteList list() {
    return new SiteList(
        sites.list(Caller.of(identity).tenant()).stream().map(SiteResource::view).toList());
  }

  private static SiteView view(Sites.Listed listed) {
    var site = listed.site();
    return new SiteView(
        site.name().site(),
        site.number(),
        site.registeredBy(),
        site.registeredAt(),
        listed.logs().stream()
            .map(log ->
                new LogView(
                    log.id().hex(), log.origin(), log.size(), log.closed(), log.ingestedAt()))
            .toList());
  }

  @POST
  @Path("{site}/reopen")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Close the site's log and let it go on in the next one")
  public Reopened reopen(@PathParam("site") String site) {
    SiteName name = new SiteName(Caller.of(identity).tenant(), site);
    return switch (sites.reopen(name)) {
      case SiteOutcome.Reopened(var closed, var size, var next, var origin) ->
          new Reopened(new Closed(closed.hex(), size), new Next(next.hex(), origin));
      case SiteOutcome.Refused refused -> throw problem(refused);
      case SiteOutcome.Registered _ -> throw new IllegalStateException("nothing was registered");
    };
  }

  private static RuntimeException problem(SiteOutcome.Refused refused) {
    return Problem.of(IdentityProblem.of(refused.why().text()), refused.detail()).exception();
  }
}
