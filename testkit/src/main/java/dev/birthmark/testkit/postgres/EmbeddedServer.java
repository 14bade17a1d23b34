package dev.birthmark.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A child process running the binaries of the class path. */
final class EmbeddedServer implements Server {

  private final EmbeddedPostgres process;

  private EmbeddedServer(EmbeddedPostgres process) {
    this.process = process;
  }

  static EmbeddedServer start(boolean durable) {
    // The library's defaults give up durability; what is left unset here would be a silent choice.
    var onOff = durable ? "on" : "off";
    try {
      return new EmbeddedServer(
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", onOff)
              .setServerConfig("synchronous_commit", onOff)
              .setServerConfig("full_page_writes", onOff)
              .setServerConfig("max_connections", "200")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
    }
  }

  @Override
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + process.getPort() + "/" + database;
  }

  @Override
  public String username() {
    return "postgres";
  }

  @Override
  public String password() {
    return "postgres"; // the library's class trusts every local user
  }

  @Override
  public void close() {
    try {
      process.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
