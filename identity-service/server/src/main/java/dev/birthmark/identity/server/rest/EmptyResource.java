package dev.birthmark.identity.server.rest;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What benchmarks compare decisions with: takes the same question in the same way and decides
 * nothing. Not there unless {@code birthmark.bench.empty-answer} says how long its answer is.
 */
@Path("/v1/empty")
@Singleton
@RolesAllowed("backend")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EmptyResource {

  private static final int FRAME = "{\"filling\":\"\"}".length();

  private final Optional<Filled> answer;

  /** Nothing, in a JSON object. */
  record Filled(String filling) {}

  EmptyResource(@ConfigProperty(name = "birthmark.bench.empty-answer") Optional<Integer> octets) {
    this.answer = octets.map(length -> new Filled("-".repeat(Math.max(0, length - FRAME))));
  }

  @POST
  @NonBlocking
  @Operation(hidden = true)
  public Uni<Filled> nothing(Question question) {
    return Uni.createFrom().item(answer.orElseThrow(NotFoundException::new));
  }
}
