package dev.birthmark.edge.problem;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Whatever a REST resource throws becomes a problem; the kinds that the framework would answer
 * itself are named.
 */
@Singleton
public class RestFailures {

  private final Failures failures;
  private final ProblemAnswers answers;

  RestFailures(Failures failures, ProblemAnswers answers) {
    this.failures = failures;
    this.answers = answers;
  }

  @ServerExceptionMapper(
      value = {
        Throwable.class,
        WebApplicationException.class,
        MismatchedInputException.class,
        InvalidDefinitionException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        AuthenticationFailedException.class,
        UnauthorizedException.class,
        ForbiddenException.class
      },
      priority = Priorities.USER)
  public Response answer(Throwable failure, RoutingContext context) {
    return answers.response(context, failures.problem(failure, RequestId.of(context)));
  }
}
