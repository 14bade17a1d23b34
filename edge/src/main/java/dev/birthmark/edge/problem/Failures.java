package dev.birthmark.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.birthmark.edge.postgres.NotAppliedException;
import dev.birthmark.edge.postgres.OutcomeUnknownException;
import dev.birthmark.edge.postgres.SqlFailure;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever was thrown into the problem that it is to the caller, and logs what he is not
 * told.
 */
@ApplicationScoped
public class Failures {

  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final int MAX_CAUSES = 16;

  private final List<FailureTranslation> translations;

  Failures(@All List<FailureTranslation> translations) {
    this.translations = translations;
  }

  /**
   * The problem to answer with. An error of our own and a failing world are logged beside the
   * request id.
   */
  public Problem problem(Throwable failure, @Nullable String requestId) {
    var problem = translate(failure);
    if (problem.kind().status() == 500) {
      LOG.errorf(failure, "request %s met an internal error", requestId);
    } else if (problem.kind().status() > 500) {
      LOG.warnf("request %s: %s: %s", requestId, problem.kind().reason(), failure);
    }
    return problem;
  }

  private Problem translate(Throwable failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      var known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
      at = at.getCause();
    }
    return Problem.of(
        CommonProblem.INTERNAL, "The cause is in the service's log beside the request id.");
  }

  private Optional<Problem> known(Throwable failure) {
    for (var translation : translations) {
      var problem = translation.translate(failure);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.ofNullable(common(failure));
  }

  private static @Nullable Problem common(Throwable failure) {
    return switch (failure) {
      case ProblemException e -> e.problem();
      case InvalidDefinitionException _ -> null; // a class of ours that the mapper cannot handle
      case JsonProcessingException e -> JsonRefusal.problem(e);
      case ConstraintViolationException e -> Problem.of(CommonProblem.MALFORMED, violations(e));
      case AuthenticationException _, UnauthorizedException _ ->
          Problem.of(
              CommonProblem.UNAUTHENTICATED,
              "The request carries no token that this service accepts.");
      case ForbiddenException _ ->
          Problem.of(
              CommonProblem.FORBIDDEN,
              "The token is valid, but its roles do not allow this request.");
      case NotAppliedException _, OutcomeUnknownException _, RejectedExecutionException _ ->
          unavailable();
      case SQLException e when SqlFailure.of(e) == SqlFailure.WORLD -> unavailable();
      case WebApplicationException e when e.getCause() == null ->
          ofStatus(e.getResponse().getStatus());
      case WebApplicationException e
          when e.getResponse().getStatus() < 500 && !isOurs(e.getCause()) ->
          ofStatus(e.getResponse().getStatus());
      default -> null;
    };
  }

  /** Whether a cause says more than the status around it. */
  private static boolean isOurs(@Nullable Throwable cause) {
    return cause instanceof JsonProcessingException || cause instanceof ProblemException;
  }

  /** The problem that a bare status code is. */
  static Problem ofStatus(int status) {
    var kind = CommonProblem.ofStatus(status);
    return Problem.of(kind, kind.title() + ".");
  }

  private static Problem unavailable() {
    return Problem.of(
        CommonProblem.UNAVAILABLE, "A part that the service depends on does not answer.");
  }

  private static String violations(ConstraintViolationException e) {
    return e.getConstraintViolations().stream()
        .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
        .sorted()
        .limit(5)
        .collect(Collectors.joining("; "));
  }
}
