package dev.birthmark.edge.bearer;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemAnswers;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by bearer token, verified once by quarkus-oidc and remembered; without one, by the
 * key of a client certificate where the service pins keys. A token without tenant, party, subject
 * or expiry is refused.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class RememberingBearerMechanism implements HttpAuthenticationMechanism {

  private final OidcAuthenticationMechanism oidc;
  private final RememberedTokens tokens;
  private final ProblemAnswers answers;
  private final @Nullable PinnedPeers peers;

  RememberingBearerMechanism(
      OidcAuthenticationMechanism oidc,
      RememberedTokens tokens,
      ProblemAnswers answers,
      Instance<PinnedPeers> peers) {
    this.oidc = oidc;
    this.tokens = tokens;
    this.answers = answers;
    this.peers = peers.isResolvable() ? peers.get() : null;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager manager) {
    var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Uni.createFrom().item(pinned(context));
    }
    var remembered = tokens.identity(header);
    if (remembered.isPresent()) {
      return Uni.createFrom().item(remembered.get());
    }
    return Uni.createFrom()
        .deferred(() -> oidc.authenticate(context, manager))
        .map(verified -> verified == null ? null : remember(header, verified))
        .onFailure(RememberingBearerMechanism::isUnreadable)
        .transform(AuthenticationFailedException::new);
  }

  /** What the framework's parsers throw at a token that is none, such as an empty one. */
  private static boolean isUnreadable(Throwable failure) {
    return failure instanceof RuntimeException
        && !(failure instanceof SecurityException)
        && !(failure instanceof OIDCException);
  }

  private SecurityIdentity remember(String header, SecurityIdentity verified) {
    var token = (JsonWebToken) verified.getPrincipal();
    var caller = caller(token, verified.getRoles());
    // The verified identity holds the context of this request and would keep it alive: a new one
    // takes its place.
    var identity = caller.identity();
    tokens.remember(header, caller, identity, Instant.ofEpochSecond(required(token, "exp")));
    return identity;
  }

  private static Caller caller(JsonWebToken token, Set<String> roles) {
    var subject = text(token, "sub");
    var name = token.getClaim("preferred_username") instanceof String called ? called : subject;
    return new Caller(
        text(token, "tenant"),
        text(token, "azp"),
        subject,
        name,
        new TreeSet<>(roles),
        Instant.ofEpochSecond(required(token, "iat")));
  }

  private static String text(JsonWebToken token, String claim) {
    if (token.getClaim(claim) instanceof String value
        && !value.isBlank()
        && value.length() <= 200) {
      return value;
    }
    throw new AuthenticationFailedException("the token has no claim " + claim);
  }

  private static long required(JsonWebToken token, String claim) {
    if (token.getClaim(claim) instanceof Number seconds) {
      return seconds.longValue();
    }
    throw new AuthenticationFailedException("the token has no claim " + claim);
  }

  private @Nullable SecurityIdentity pinned(RoutingContext context) {
    var session = context.request().sslSession();
    if (peers == null || session == null) {
      return null;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? peers.holder(certificate).map(Caller::identity).orElse(null)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // no client certificate
    }
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    answers.send(
        context,
        Problem.of(
            CommonProblem.UNAUTHENTICATED,
            "The request carries no token that this service accepts."));
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return oidc.getCredentialTypes();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return oidc.getCredentialTransport(context);
  }
}
