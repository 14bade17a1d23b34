package dev.birthmark.edge.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} where it is 1 to 64 characters of
 * {@code [A-Za-z0-9._-]}, else one of ours. It is echoed, stands in every problem and beside every
 * log line ({@code requestId} of the MDC).
 */
@ApplicationScoped
public class RequestId {

  static final String HEADER = "X-Request-Id";
  private static final String KEY = "requestId";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  void install(@Observes Router router) {
    // Before authentication, so that its refusals carry the id too.
    router.route().order(-1_000).handler(RequestId::give);
  }

  private static void give(RoutingContext context) {
    var sent = context.request().getHeader(HEADER);
    var id = sent != null && ACCEPTED.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    context.put(KEY, id);
    context.response().putHeader(HEADER, id);
    MDC.put(KEY, id);
    context.next();
  }

  /** The id of this request; null only on a router without this handler. */
  public static @Nullable String of(RoutingContext context) {
    return context.get(KEY);
  }
}
