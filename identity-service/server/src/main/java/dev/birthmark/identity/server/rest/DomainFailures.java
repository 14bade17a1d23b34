package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.FailureTranslation;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the domain throws when the world fails. */
@Singleton
final class DomainFailures implements FailureTranslation {

  @Override
  public Optional<Problem> translate(Throwable failure) {
    return switch (failure) {
      case StoreUnavailableException _, CommitOutcomeUnknownException _ ->
          Optional.of(Problem.of(CommonProblem.UNAVAILABLE, "The database cannot be used now."));
      case KeyCustodyException _ ->
          Optional.of(Problem.of(CommonProblem.UNAVAILABLE, "A key cannot be used now."));
      default -> Optional.empty();
    };
  }
}
