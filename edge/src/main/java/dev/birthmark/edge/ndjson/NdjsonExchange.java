package dev.birthmark.edge.ndjson;

import dev.birthmark.edge.life.ForcedClose;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, both open at once. All state lives on the request's event loop;
 * only the answering of batches runs elsewhere. Back-pressure: a client that does not read stops
 * the hand-over of batches, and lines that wait stop the reading of the body.
 */
final class NdjsonExchange {

  private static final Logger LOG = Logger.getLogger(NdjsonExchange.class);

  /** A batch under way, or its answer that waits for those before it. */
  private static final class Batch {
    final int lines;
    @Nullable Buffer answer;

    Batch(int lines) {
      this.lines = lines;
    }
  }

  private final RoutingContext routing;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context loop;
  private final NdjsonLimits limits;
  private final Executor threads;
  private final Function<List<Line>, Buffer> answer;
  private final LineSplitter splitter;

  private final Deque<Line> waiting = new ArrayDeque<>();
  private final Deque<Batch> underWay = new ArrayDeque<>();
  private int linesUnderWay;
  private int working;
  private boolean inputEnded;
  private boolean paused;
  private boolean gone;
  private long clientActedAt = System.nanoTime();
  private long timer;

  NdjsonExchange(
      RoutingContext routing,
      NdjsonLimits limits,
      Executor threads,
      Function<List<Line>, Buffer> answer) {
    this.routing = routing;
    this.request = routing.request();
    this.response = routing.response();
    this.loop = routing.vertx().getOrCreateContext();
    this.limits = limits;
    this.threads = threads;
    this.answer = answer;
    this.splitter = new LineSplitter(limits.line(), waiting::add);
  }

  void start() {
    request.handler(this::received);
    request.endHandler(end -> ended());
    request.exceptionHandler(failure -> lost());
    response.exceptionHandler(failure -> lost());
    response.closeHandler(closed -> lost());
    response.drainHandler(drained -> drained());
    long idle = limits.idle().toMillis();
    timer = routing.vertx().setPeriodic(Math.max(1, idle / 4), tick -> cutIfIdle());
    request.resume();
  }

  private void received(Buffer chunk) {
    clientActed();
    splitter.accept(chunk.getBytes());
    proceed();
  }

  private void ended() {
    clientActed();
    splitter.end();
    inputEnded = true;
    proceed();
  }

  private void drained() {
    clientActed();
    proceed();
  }

  /**
   * The connection is gone. Whole lines that arrived are still carried out; the line begun is lost.
   */
  private void lost() {
    if (!gone) {
      gone = true;
      inputEnded = true;
      routing.vertx().cancelTimer(timer);
      proceed();
    }
  }

  /** Does whatever can be done now; called after every event. */
  private void proceed() {
    writeAnswers();
    handOver();
    if (inputEnded && waiting.isEmpty() && underWay.isEmpty()) {
      finish();
    } else if (!inputEnded) {
      holdBack(waiting.size() + linesUnderWay >= limits.window() || clientReadsTooSlowly());
    }
  }

  private void writeAnswers() {
    while (!underWay.isEmpty() && underWay.peekFirst().answer != null) {
      var batch = underWay.removeFirst();
      linesUnderWay -= batch.lines;
      if (!gone) {
        response.write(batch.answer);
      }
    }
  }

  private void handOver() {
    while (working < limits.inFlight()
        && underWay.size() < 2 * limits.inFlight() // answers that wait for a slower one before them
        && !waiting.isEmpty()
        && !clientReadsTooSlowly()) {
      var lines = new ArrayList<Line>(Math.min(limits.batch(), waiting.size()));
      while (lines.size() < limits.batch() && !waiting.isEmpty()) {
        lines.add(waiting.removeFirst());
      }
      var batch = new Batch(lines.size());
      underWay.addLast(batch);
      linesUnderWay += batch.lines;
      working++;
      threads.execute(() -> work(batch, lines));
    }
  }

  private void work(Batch batch, List<Line> lines) {
    @Nullable Buffer answered = null;
    try {
      answered = answer.apply(lines);
    } catch (Throwable e) {
      LOG.error("a batch of lines has no answer", e);
    }
    var result = answered;
    loop.runOnContext(back -> {
      working--;
      if (result == null) {
        batch.answer = Buffer.buffer();
        cut(); // an answer left out would shift all that follow
      } else {
        batch.answer = result;
      }
      clientActed(); // while we worked it had nothing to do
      proceed();
    });
  }

  private void holdBack(boolean hold) {
    if (hold && !paused) {
      paused = true;
      request.pause();
    } else if (!hold && paused) {
      paused = false;
      clientActed();
      request.resume();
    }
  }

  private boolean clientReadsTooSlowly() {
    return !gone && response.writeQueueFull();
  }

  private void finish() {
    routing.vertx().cancelTimer(timer);
    if (!gone && !response.ended()) {
      // From here on the connection's own idle time-out holds; a client that does not read is cut
      // here.
      gone = true;
      long last = routing.vertx().setTimer(limits.idle().toMillis(), late -> cut());
      response.end().onComplete(written -> routing.vertx().cancelTimer(last));
    }
  }

  private void clientActed() {
    clientActedAt = System.nanoTime();
  }

  private void cutIfIdle() {
    boolean ours = working > 0 && !clientReadsTooSlowly();
    if (!ours && System.nanoTime() - clientActedAt > limits.idle().toNanos()) {
      cut();
    }
  }

  private void cut() {
    LOG.debugf("cutting a stream of %s", request.path());
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(); // others share the connection
    } else {
      ForcedClose.cut(request.connection());
    }
    lost();
  }
}
