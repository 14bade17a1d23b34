package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.registry.LogRow;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.server.replica.SitePeers;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The mirrored logs. Checkpoints are for everybody; what a log holds is for its site and the
 * tenant's auditors.
 */
@Path("/v1/logs/{logId}")
@RunOnVirtualThread
public class LogResource {

  /** Octets of entries in one answer. */
  private static final long MAX_OCTETS = 7_500_000;

  /** How far a log is. */
  record LogView(String id, String origin, long size, String root, boolean closed, Instant time) {}

  private final RegistryStore store;
  private final SitePeers peers;
  private final SecurityIdentity identity;

  LogResource(RegistryStore store, SitePeers peers, SecurityIdentity identity) {
    this.store = store;
    this.peers = peers;
    this.identity = identity;
  }

  @GET
  @RolesAllowed({SitePeers.ROLE, "auditor", "admin"})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "How far the copy of a log is")
  public LogView show(@PathParam("logId") String logId) {
    return store.read(tx -> {
      LogRow log = tx.logs().log(id(logId)).filter(this::isTheCallers).orElseThrow(this::none);
      return new LogView(
          log.id().hex(),
          log.origin(),
          log.size(),
          log.root().hex(),
          log.closed(),
          tx.installation().now());
    });
  }

  @GET
  @Path("entries")
  @RolesAllowed({SitePeers.ROLE, "auditor"})
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Entries from an index on, as many as one answer holds")
  public byte[] entries(
      @PathParam("logId") String logId, @QueryParam("from") @DefaultValue("0") String text) {
    long from = NumberParameter.read("from", text, 0, Place.MAX_INDEX);
    List<Octets> entries =
        store.read(tx -> {
          LogRow log = tx.logs().log(id(logId)).filter(this::isTheCallers).orElseThrow(this::none);
          return tx.logs().entries(log.id(), from, MAX_OCTETS);
        });
    return EntryBundle.encode(entries.stream().map(Octets::bytes).toList());
  }

  @GET
  @Path("checkpoint")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "The last checkpoint, signed by the site and cosigned here")
  public RestResponse<String> checkpoint(@PathParam("logId") String logId) {
    return store
        .read(tx -> tx.logs().log(id(logId)))
        .map(LogRow::checkpoint)
        .filter(note -> !note.isEmpty())
        .map(note ->
            RestResponse.ResponseBuilder.ok(note).header("Cache-Control", "no-cache").build())
        .orElseThrow(this::none);
  }

  private boolean isTheCallers(LogRow log) {
    Caller caller = Caller.of(identity);
    Optional<SiteName> site = peers.siteOf(caller);
    return site.isPresent()
        ? site.get().equals(log.site())
        : !caller.has(SitePeers.ROLE) && caller.tenant().equals(log.site().tenant());
  }

  private LogId id(String text) {
    try {
      return LogId.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw none();
    }
  }

  private RuntimeException none() {
    return Problem.of(IdentityProblem.LOG_UNKNOWN, "No log of the caller's has this id.")
        .exception();
  }
}
