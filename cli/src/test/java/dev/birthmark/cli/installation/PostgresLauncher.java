package dev.birthmark.cli.installation;

import java.nio.file.Path;

/** A launcher to be killed: starts the server, prints its process number, then waits for ever. */
final class PostgresLauncher {

  private PostgresLauncher() {}

  public static void main(String[] arguments) throws InterruptedException {
    PostgresCluster cluster = PostgresClusterTest.clusterIn(Path.of(arguments[0]));
    try (AttachedProcess server = cluster.startAttached(FreePorts.any())) {
      System.out.println(cluster.running().orElseThrow().pid());
      Thread.currentThread().join();
    }
  }
}
