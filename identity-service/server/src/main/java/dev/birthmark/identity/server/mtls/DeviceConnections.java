package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.log.Place;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The live connections of this process's device port. Any thread may call. */
final class DeviceConnections {
  private final ConcurrentMap<HttpConnection, DeviceConnection> live = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param most how many there may be at a time, at least 1
   */
  DeviceConnections(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("birthmark.device.max-connections must be at least 1");
    }
    this.most = most;
  }

  boolean isFull() {
    return live.size() >= most;
  }

  void add(HttpConnection http, DeviceConnection connection) {
    live.put(http, connection);
  }

  void remove(HttpConnection http) {
    live.remove(http);
  }

  @Nullable DeviceConnection of(HttpConnection http) {
    return live.get(http);
  }

  int count() {
    return live.size();
  }

  /**
   * Closes every connection whose credential is among those, and returns how many. It walks the
   * connections, so a change of a million members costs what there is to close.
   */
  int closeWithdrawn(Predicate<Place> withdrawn) {
    int closed = 0;
    for (DeviceConnection connection : live.values()) {
      Place place = connection.credential().place();
      if (place != null && withdrawn.test(place)) {
        connection.cut();
        closed++;
      }
    }
    return closed;
  }

  /** Cuts every connection that is past its deadline, and returns how many. */
  int cutOverdue(long now) {
    int cut = 0;
    for (DeviceConnection connection : live.values()) {
      if (connection.isOverdue(now)) {
        connection.cut();
        cut++;
      }
    }
    return cut;
  }
}
