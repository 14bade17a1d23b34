package dev.birthmark.identity.server.feed;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.edge.life.ForcedClose;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.identity.server.replica.StatusKeeper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One caller's stream, on a thread of its own. What is written waits until it has left; a caller
 * who does not read is cut.
 */
final class FeedStream {

  /** Changes read at once: one may have megabytes of members. */
  private static final int PAGE = 20;

  private static final Duration READ_WITHIN = Duration.ofSeconds(30);

  /** A silent stream says that it is alive, so that the way in between does not forget it. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final RoutingContext context;
  private final RegistryStore store;
  private final StatusKeeper keeper;
  private final String tenant;
  private final boolean events;
  private final boolean wait;

  FeedStream(
      RoutingContext context,
      RegistryStore store,
      StatusKeeper keeper,
      String tenant,
      boolean events,
      boolean wait) {
    this.context = context;
    this.store = store;
    this.keeper = keeper;
    this.tenant = tenant;
    this.events = events;
    this.wait = wait;
  }

  /**
   * Sends what there is after a position, and goes on until the caller leaves unless he does not
   * wait.
   */
  void run(Position after) {
    Position sent = after;
    try {
      if (wait) {
        send(signOfLife()); // the head of the answer leaves at once
      }
      while (!context.response().closed()) {
        List<RecordedChange> page = after(sent);
        for (RecordedChange change : page) {
          send(written(change));
          sent = change.position();
        }
        if (page.isEmpty()) {
          if (!wait) {
            context.response().end();
            return;
          }
          awaitMore(sent);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.response().end();
    } catch (TimeoutException e) {
      ForcedClose.cut(context.request().connection());
    } catch (ExecutionException e) {
      // The caller left while something was on its way to him.
    }
  }

  private List<RecordedChange> after(Position sent) {
    return store.read(tx -> tx.feed().after(tenant, sent, PAGE));
  }

  /** Until this replica has applied more, which it hears of at once. */
  private void awaitMore(Position sent)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!keeper.awaitBeyond(tenant, sent, SIGN_OF_LIFE) && !context.response().closed()) {
      send(signOfLife());
    }
  }

  /** A comment, or an empty line, which every reader passes over. */
  private Buffer signOfLife() {
    return Buffer.buffer(events ? ":\n\n" : "\n");
  }

  private void send(Buffer buffer)
      throws InterruptedException, ExecutionException, TimeoutException {
    Future<Void> left = context.response().write(buffer);
    left.toCompletionStage().toCompletableFuture().get(READ_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  private Buffer written(RecordedChange recorded) {
    var change = recorded.encoded().change();
    JsonObject json =
        new JsonObject()
            .put("position", recorded.position().toString())
            .put("incarnation", recorded.position().incarnation())
            .put("number", recorded.position().number())
            .put("kind", recorded.kind().text())
            .put("reason", change.reason().text())
            .put("at", change.at().toString())
            .put("members", recorded.members())
            .put("selector", new JsonObject(change.selector().text()));
    change.cause().ifPresent(cause -> json.put("cause", cause.toString()));
    json.put("der", Base64.getEncoder().encodeToString(recorded.encoded().der()))
        .put("head", recorded.head());
    String line = json.encode();
    return Buffer.buffer(
        events
            ? "id: " + recorded.position() + "\nevent: change\ndata: " + line + "\n\n"
            : line + "\n");
  }
}
