package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.load.Driver;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A client that asks again and again on one connection.
 *
 * @param connection its own
 * @param status that every answer must have
 * @param requests the octets of the next request
 */
record KeptAlive(Connection connection, int status, Supplier<byte[]> requests)
    implements Driver.Client {

  @Override
  public int ask() throws IOException {
    Connection.Answer answer = connection.exchange(requests.get());
    if (answer.status() != status) {
      throw new BedException("HTTP " + answer.status() + ": " + answer.text());
    }
    return 1;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
