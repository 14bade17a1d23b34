package dev.birthmark.edge.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Listens on a channel with a connection of its own and calls back when there may be something to
 * look for: at every (re)connection, since notifications may have been missed, and after every
 * notification. It only wakes; whoever must not miss anything polls as well. The callback runs on
 * the listening thread and must be quick or hand over.
 */
public final class Listen implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Listen.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  /**
   * How long a silent connection is trusted before the server is asked whether it is still there.
   */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Callable<Connection> connect;
  private final String channel;
  private final Runnable wake;
  private final Thread thread;
  private volatile boolean open = true;
  private volatile @Nullable Connection current;

  /**
   * @param connect opens a connection outside of any pool
   * @param channel name of the channel: lower-case letters and underscores
   */
  public Listen(Callable<Connection> connect, String channel, Runnable wake) {
    if (!channel.matches("[a-z_]{1,60}")) {
      throw new IllegalArgumentException("not a channel name: " + channel);
    }
    this.connect = connect;
    this.channel = channel;
    this.wake = wake;
    this.thread = Thread.ofPlatform().daemon().name("listen-" + channel).unstarted(this::run);
  }

  /** Starts to listen; returns at once. */
  public Listen start() {
    thread.start();
    return this;
  }

  /** Stops listening and ends the connection. */
  @Override
  public void close() {
    open = false;
    thread.interrupt();
    var connection = current;
    if (connection != null) {
      try {
        connection.abort(Runnable::run); // close() would wait for the read in progress
      } catch (SQLException e) {
        LOG.debug("ending the listening connection", e);
      }
    }
  }

  private void run() {
    boolean said = false;
    while (open) {
      try (var connection = connect.call()) {
        current = connection;
        said = false;
        listen(connection);
      } catch (Exception e) {
        if (open && !said) {
          LOG.warnf("listening on %s was interrupted and will be taken up again: %s", channel, e);
          said = true; // once per interruption, not once per attempt
        }
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.execute("LISTEN " + channel);
    }
    wake.run();
    var postgres = connection.unwrap(PGConnection.class);
    while (open) {
      var notifications = postgres.getNotifications((int) SILENCE.toMillis());
      if (notifications != null && notifications.length > 0) {
        wake.run();
      } else if (!connection.isValid((int) SILENCE.toSeconds())) {
        throw new SQLException("the server does not answer", "08006");
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      open = false;
    }
  }
}
