package dev.birthmark.enrollment.server.rest;

import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.FailureTranslation;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the domain throws when the world fails. */
@Singleton
final class DomainFailures implements FailureTranslation {

  @Override
  public Optional<Problem> translate(Throwable failure) {
    return switch (failure) {
      case StoreUnavailableException _ ->
          Optional.of(
              Problem.of(CommonProblem.UNAVAILABLE, "The site's database cannot be used now."));
      case KeyCustodyException _ ->
          Optional.of(
              Problem.of(CommonProblem.UNAVAILABLE, "The issuer's key cannot be used now."));
      default -> Optional.empty();
    };
  }
}
