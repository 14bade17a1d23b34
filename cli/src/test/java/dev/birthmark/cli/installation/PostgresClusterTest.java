package dev.birthmark.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster, made once, is started and stopped in every way that the product knows. */
@TestMethodOrder(OrderAnnotation.class)
class PostgresClusterTest {

  private static final String ENROLLMENT_PASSWORD = "0123456789abcdef0123";
  private static final String IDENTITY_PASSWORD = "fedcba98765432100123";

  @TempDir static Path directory;

  private static PostgresCluster cluster;

  @BeforeAll
  static void makesTheCluster() {
    cluster = clusterIn(directory);
    cluster.create(
        "00112233445566778899",
        List.of(
            new PostgresRole("enrollment", ENROLLMENT_PASSWORD),
            new PostgresRole("identity", IDENTITY_PASSWORD)));
  }

  static PostgresCluster clusterIn(Path directory) {
    return new PostgresCluster(
        PostgresPrograms.unpacked(System.getenv()),
        directory.resolve("pg"),
        directory.resolve("logs").resolve("postgresql.log"));
  }

  @Test
  @Order(1)
  void isDurableAndKeepsTheServicesApart() throws SQLException {
    int port = FreePorts.any();
    try (AttachedProcess server = cluster.startAttached(port);
        Connection connection = connect(port, "enrollment", "enrollment", ENROLLMENT_PASSWORD)) {
      assertThat(server.isAlive()).isTrue();
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(single(connection, "SHOW " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(single(connection, "SHOW password_encryption")).isEqualTo("scram-sha-256");
      assertThatThrownBy(() -> connect(port, "identity", "enrollment", ENROLLMENT_PASSWORD))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("pg_hba.conf");
      assertThatThrownBy(() -> connect(port, "enrollment", "enrollment", IDENTITY_PASSWORD))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  @Order(2)
  void keepsItsDataFromOneStartToTheNextAttachedOrDetached() throws SQLException {
    int first = FreePorts.any();
    try (AttachedProcess server = cluster.startAttached(first);
        Connection connection = connect(first, "identity", "identity", IDENTITY_PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 42 AS value");
    }
    assertThat(cluster.running()).isEmpty();

    int second = FreePorts.any();
    ProcessMark detached = cluster.startDetached(second);
    try (Connection connection = connect(second, "identity", "identity", IDENTITY_PASSWORD)) {
      assertThat(single(connection, "SELECT value FROM kept")).isEqualTo("42");
    } finally {
      cluster.stopDetached();
    }
    assertThat(detached.alive()).isEmpty();
  }

  @Test
  @Order(3)
  void endsWhenItsLauncherIsKilledAndStartsAgainAfterwards() throws Exception {
    Process launcher = launcherProcess();
    ProcessMark server;
    try (var output = launcher.inputReader()) {
      long pid = Long.parseLong(output.readLine());
      server = ProcessMark.of(ProcessHandle.of(pid).orElseThrow());
      launcher.destroyForcibly().waitFor();
    }
    assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
    cluster.startAttached(FreePorts.any()).close();
    assertThat(cluster.running()).isEmpty();
  }

  @Test
  @Order(4)
  void saysWhereToLookWhenThePortIsTaken() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> cluster.startAttached(taken.getLocalPort()))
          .isInstanceOf(InstallationException.class)
          .hasMessageContaining("postgresql.log");
    }
    assertThat(Files.readString(cluster.log())).contains("could not bind");
  }

  private static Process launcherProcess() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PostgresLauncher.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Connection connect(int port, String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, password);
  }

  private static String single(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
