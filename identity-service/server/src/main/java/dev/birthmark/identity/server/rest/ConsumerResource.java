package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.registry.Alarm;
import dev.birthmark.identity.registry.Alarms;
import dev.birthmark.identity.revocation.ConsumerRow;
import dev.birthmark.identity.revocation.Consumers;
import dev.birthmark.identity.server.replica.SitePeers;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Those who follow the feed: they register, and acknowledge what they applied. */
@Path("/v1/consumers")
@RolesAllowed({"backend", "security", "auditor", SitePeers.ROLE})
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConsumerResource {

  /** A consumer and the versions of changes that it reads. */
  record NewConsumer(@Nullable String name, @Nullable List<Integer> versions) {}

  /** A consumer and its lease. */
  record Registered(String name, Instant leaseUntil) {}

  /** What was applied, with the proof that it was received. */
  record NewAcknowledgement(@Nullable String position, @Nullable String proof) {}

  /** How far a consumer is now. */
  record Acknowledged(String name, String position) {}

  /** The version of the changes that are written. */
  private static final int CHANGE_VERSION = 1;

  private final Consumers consumers;
  private final Alarms alarms;
  private final SitePeers peers;
  private final SecurityIdentity identity;

  ConsumerResource(Consumers consumers, Alarms alarms, SitePeers peers, SecurityIdentity identity) {
    this.consumers = consumers;
    this.alarms = alarms;
    this.peers = peers;
    this.identity = identity;
  }

  @POST
  @Operation(summary = "Follow the feed under a name; renews the lease of 24 hours")
  public Registered register(NewConsumer asked) {
    Caller caller = caller();
    boolean site = peers.siteOf(caller).isPresent();
    String name = Objects.requireNonNullElse(asked.name(), "");
    if (asked.versions() == null || !asked.versions().contains(CHANGE_VERSION)) {
      throw Problem.of(
              IdentityProblem.CONSUMER_VERSIONS, "Changes are of version " + CHANGE_VERSION + ".")
          .exception();
    }
    if (isReserved(name, caller, site)) {
      throw Problem.of(
              IdentityProblem.CONSUMER_NAME, "site: and replica: begin the names of those.")
          .exception();
    }
    try {
      ConsumerRow row =
          done(
              consumers.register(
                  caller.tenant(),
                  name,
                  site ? ConsumerRow.Kind.SITE : ConsumerRow.Kind.CONSUMER,
                  caller.subject()));
      return new Registered(row.name(), row.leaseUntil());
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.CONSUMER_NAME, String.valueOf(e.getMessage())).exception();
    }
  }

  @POST
  @Path("{name}/acknowledgements")
  @Operation(summary = "A change and all before it were applied")
  public Acknowledged acknowledge(@PathParam("name") String name, NewAcknowledgement asked) {
    Caller caller = caller();
    Sha256 proof;
    try {
      proof = Sha256.fromHex(String.valueOf(asked.proof()));
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.PROOF_WRONG, "A proof is 64 hexadecimal digits.")
          .exception();
    }
    Position position = ChangeResource.position(asked.position());
    Consumers.Outcome outcome =
        consumers.acknowledge(caller.tenant(), name, caller.subject(), position, proof);
    if (outcome instanceof Consumers.Outcome.Refused(var why, var detail)
        && why == Consumers.Refusal.BEYOND_HEAD) {
      alarms.raise(
          caller.tenant(),
          Alarm.Kind.BEYOND_HEAD,
          caller.party(),
          name + " acknowledges " + position + "; " + detail);
    }
    ConsumerRow row = done(outcome);
    return new Acknowledged(row.name(), row.position().toString());
  }

  private Caller caller() {
    Caller caller = Caller.of(identity);
    peers.refuseFalseSite(caller);
    return caller;
  }

  /** So that nobody takes the name of a site or a replica before it comes itself. */
  private static boolean isReserved(String name, Caller caller, boolean site) {
    boolean own = site && name.equals(caller.party());
    return name.startsWith("replica:") || (name.startsWith("site:") && !own);
  }

  private static ConsumerRow done(Consumers.Outcome outcome) {
    return switch (outcome) {
      case Consumers.Outcome.Done(var consumer) -> consumer;
      case Consumers.Outcome.Refused(var why, var detail) ->
          throw Problem.of(IdentityProblem.of(why.text()), detail).exception();
    };
  }
}
