package dev.birthmark.edge.bearer;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who calls.
 *
 * @param tenant in whose data he acts, the token's {@code tenant}
 * @param party the registered party on whose behalf, the token's {@code azp}
 * @param subject who exactly, the token's {@code sub}
 * @param name what to call him in records: {@code preferred_username} where there is one, else the
 *     subject
 * @param roles what he may do, in order
 * @param issuedAt when his token was issued
 */
public record Caller(
    String tenant,
    String party,
    String subject,
    String name,
    SortedSet<String> roles,
    Instant issuedAt) {

  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
  }

  public boolean has(String role) {
    return roles.contains(role);
  }

  /** The caller of a REST resource: inject the identity, ask here. */
  public static Caller of(SecurityIdentity identity) {
    Caller caller = identity.getAttribute(ATTRIBUTE);
    if (caller == null) {
      throw new IllegalStateException("this path is open to callers without credentials");
    }
    return caller;
  }

  /** The caller of a plain route behind a permission. */
  public static Caller of(RoutingContext context) {
    if (context.user() instanceof QuarkusHttpUser user) {
      return of(user.getSecurityIdentity());
    }
    throw new IllegalStateException("this path is open to callers without credentials");
  }

  /** The framework's view of this caller; holds nothing of the request that brought it. */
  SecurityIdentity identity() {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRoles(roles)
        .addAttribute(ATTRIBUTE, this)
        .build();
  }
}
