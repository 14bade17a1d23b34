package dev.birthmark.edge.life;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends a connection now, whatever its peer does. */
public final class ForcedClose {

  private ForcedClose() {}

  /**
   * Closes the socket within milliseconds, on the connection's own event loop. {@code
   * HttpConnection.close()} first writes what is queued and never ends for a peer that does not
   * read; closing the channel waits seconds for the TLS farewell. Handlers of the connection are
   * told as usual.
   */
  public static void cut(HttpConnection connection) {
    var channel = ((ConnectionBase) connection).channel();
    channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
  }
}
