package dev.birthmark.bench.load;

import dev.birthmark.bench.measure.CpuMeter;
import dev.birthmark.bench.measure.Side;
import dev.birthmark.bench.measure.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Drives a server with several clients at once. What the server and its database spent meanwhile is
 * the price; what the driver spends is not.
 */
public final class Driver implements Side {

  private final int clients;
  private final CpuMeter meter;
  private final ClientFactory factory;

  /** Makes a client, which connects if it keeps a connection. */
  @FunctionalInterface
  public interface ClientFactory {
    /** The client with that number, from 0. */
    Client connect(int number) throws IOException;
  }

  /** One client; used by one thread. */
  public interface Client extends AutoCloseable {
    /** Asks once; returns how many operations were done. */
    int ask() throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /**
   * A driver.
   *
   * @param clients how many at once
   * @param meter of the server
   */
  public Driver(int clients, CpuMeter meter, ClientFactory factory) {
    this.clients = clients;
    this.meter = meter;
    this.factory = factory;
  }

  @Override
  public Work run(Duration time) {
    CountDownLatch ready = new CountDownLatch(clients);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Long>> done = new ArrayList<>();
      long nanos = time.toNanos();
      for (int number = 0; number < clients; number++) {
        done.add(threads.submit(work(number, nanos, ready, go)));
      }
      ready.await();
      double before = meter.seconds();
      long start = System.nanoTime();
      go.countDown();
      long sum = 0;
      for (Future<Long> one : done) {
        sum += one.get();
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return new Work(sum, meter.seconds() - before, elapsed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
    }
  }

  private Callable<Long> work(int number, long nanos, CountDownLatch ready, CountDownLatch go) {
    return () -> {
      Client client;
      try {
        client = factory.connect(number);
      } finally {
        ready.countDown();
      }
      try (client) {
        go.await();
        long end = System.nanoTime() + nanos;
        long done = 0;
        do {
          done += client.ask();
        } while (System.nanoTime() < end);
        return done;
      }
    };
  }
}
