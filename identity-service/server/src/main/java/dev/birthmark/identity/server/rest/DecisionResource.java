package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.identity.authentication.FingerprintResolver;
import dev.birthmark.identity.authentication.Presented;
import dev.birthmark.identity.registry.Credential;
import dev.birthmark.identity.server.deciding.Decisions;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Whether a device may connect. Answered from memory on the event loop; only a fingerprint that was
 * not asked for lately takes one indexed read, elsewhere.
 */
@Path("/v1/decisions")
@Singleton
@RolesAllowed("backend")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DecisionResource {

  private final Decisions decisions;
  private final FingerprintResolver fingerprints;
  private final SecurityIdentity identity;

  DecisionResource(
      Decisions decisions, FingerprintResolver fingerprints, SecurityIdentity identity) {
    this.decisions = decisions;
    this.fingerprints = fingerprints;
    this.identity = identity;
  }

  @POST
  @NonBlocking
  @Operation(summary = "May this device connect, and who is it?")
  public Uni<DecisionView> decide(Question question) {
    String tenant = Caller.of(identity).tenant();
    Optional<Presented.Chain> chain = question.presentedChain();
    if (chain.isPresent()) {
      return Uni.createFrom().item(decided(tenant, chain.get(), question));
    }
    Sha256 fingerprint = question.presentedFingerprint();
    Optional<Credential> cached = fingerprints.cached(fingerprint);
    if (cached.isPresent()) {
      Presented presented = new Presented.Fingerprint(fingerprint, cached);
      return Uni.createFrom().item(decided(tenant, presented, question));
    }
    return Uni.createFrom()
        .item(() -> decided(tenant, fingerprints.resolve(fingerprint), question))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private DecisionView decided(String tenant, Presented presented, Question question) {
    return DecisionView.of(decisions.decide(tenant, presented, question.facts()), null);
  }
}
