package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.Problem;
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

  private final Consumers consumers;
  private final SitePeers peers;
  private final SecurityIdentity identity;

  ConsumerResource(Consumers consumers, SitePeers peers, SecurityIdentity identity) {
    this.consumers = consumers;
    this.peers = peers;
    this.identity = identity;
  }

  @POST
  @Operation(summary = "Follow the feed under a name; renews the lease of 24 hours")
  public Registered register(NewConsumer asked) {
    Caller caller = Caller.of(identity);
    boolean site = peers.siteOf(caller).isPresent();
    try {
      ConsumerRow row =
          done(
              consumers.register(
                  caller.tenant(),
                  String.valueOf(asked.name()),
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
    Caller caller = Caller.of(identity);
    Sha256 proof;
    try {
      proof = Sha256.fromHex(String.valueOf(asked.proof()));
    } catch (IllegalArgumentException e) {
      throw Problem.of(IdentityProblem.PROOF_WRONG, "A proof is 64 hexadecimal digits.")
          .exception();
    }
    ConsumerRow row =
        done(
            consumers.acknowledge(
                caller.tenant(),
                name,
                caller.subject(),
                ChangeResource.position(asked.position()),
                proof));
    return new Acknowledged(row.name(), row.position().toString());
  }

  private static ConsumerRow done(Consumers.Outcome outcome) {
    return switch (outcome) {
      case Consumers.Outcome.Done(var consumer) -> consumer;
      case Consumers.Outcome.Refused(var why, var detail) ->
          throw Problem.of(IdentityProblem.of(why.text()), detail).exception();
    };
  }
}
