package dev.birthmark.edge.listener;

import dev.birthmark.edge.life.ForcedClose;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Cuts a client that does not finish sending its request. An idle time-out alone lets it drip one
 * octet at a time for ever. Streams of lines have no length that a deadline could be for: they
 * watch over their client themselves.
 */
@Singleton
public class RequestDeadline {

  /** Before anything reads the body. */
  private static final int ORDER = -2_000;

  private final Duration deadline;

  RequestDeadline(
      @ConfigProperty(name = "birthmark.request-deadline", defaultValue = "PT30S")
          Duration deadline) {
    this.deadline = deadline;
  }

  void routes(@Observes Router router) {
    router.route().order(ORDER).handler(this::watch);
  }

  private void watch(RoutingContext context) {
    if (hasBody(context) && !isStream(context)) {
      long timer =
          context
              .vertx()
              .setTimer(
                  deadline.toMillis(),
                  id -> {
                    if (!context.request().isEnded()) {
                      ForcedClose.cut(context.request().connection());
                    }
                  });
      context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
    context.next();
  }

  /** A request without a body is whole when its head is, whatever became of it since. */
  private static boolean hasBody(RoutingContext context) {
    var request = context.request();
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || (length != null && !length.equals("0"));
  }

  private static boolean isStream(RoutingContext context) {
    var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(NdjsonRoutes.MEDIA_TYPE);
  }
}
