package dev.birthmark.cli.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One PostgreSQL server with a database and a role for each service, neither of which can reach the
 * other's. It listens on loopback only, asks everybody for a password (SCRAM) and is durable:
 * fsync, synchronous_commit and full_page_writes are on.
 *
 * @param programs the programs to run
 * @param data the data directory
 * @param log where the server writes its log
 */
public record PostgresCluster(PostgresPrograms programs, Path data, Path log) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int READY_LINE = 7;
  private static final int PORT_LINE = 3;

  /**
   * Runs PostgreSQL so that it ends with whoever holds the other end of its standard input, even if
   * that one is killed: the reader in the background sees the end of the pipe. The loop is there
   * because a signal ends {@code wait} before the server has ended.
   */
  private static final String WITH_LIFE_LINE =
      """
      exec 3<&0
      "$@" </dev/null >>"$LOG" 2>&1 &
      pid=$!
      trap 'kill -INT $pid 2>/dev/null' TERM INT
      (cat >/dev/null; kill -INT $pid 2>/dev/null) <&3 &
      reader=$!
      exec 3<&-
      while kill -0 $pid 2>/dev/null; do wait $pid; rc=$?; done
      kill $reader 2>/dev/null
      exit $rc
      """;

  /** Whether {@link #create} has been done here. */
  public boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /**
   * Makes the data directory, the roles and their databases. An interrupted run leaves nothing that
   * {@link #exists} takes for a cluster.
   *
   * @param superuserPassword of role {@code postgres}
   * @param roles each gets a database of its own name
   */
  public void create(String superuserPassword, List<PostgresRole> roles) {
    Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
    PrivateFiles.deleteTree(unfinished);
    PrivateFiles.directory(unfinished.getParent());
    PrivateFiles.directory(log.getParent());
    Path passwordFile = data.resolveSibling(data.getFileName() + ".password");
    try {
      PrivateFiles.secret(passwordFile, superuserPassword + "\n");
      run(
          "initdb",
          List.of(
              "-D",
              unfinished.toString(),
              "-U",
              "postgres",
              "--auth=scram-sha-256",
              "--pwfile=" + passwordFile,
              "--encoding=UTF8",
              "--locale=C",
              "--no-instructions"),
          "");
      Files.writeString(unfinished.resolve("pg_hba.conf"), hostRules(roles));
      run(
          "postgres",
          List.of("--single", "-D", unfinished.toString(), "postgres"),
          statements(roles));
      Files.move(unfinished, data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a PostgreSQL cluster in " + data, e);
    } finally {
      PrivateFiles.deleteTree(passwordFile);
    }
  }

  /**
   * Starts the server so that it ends when this process does.
   *
   * @param port on loopback; must be free
   */
  public AttachedProcess startAttached(int port) {
    String before = postmasterFile();
    List<String> command = new ArrayList<>(List.of("sh", "-c", WITH_LIFE_LINE, "postgresql"));
    command.addAll(programs.command("postgres", List.of("-D", data.toString())));
    command.addAll(options(port));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LOG", log.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    AttachedProcess server = AttachedProcess.start("PostgreSQL", builder);
    boolean ended =
        !Waiting.until(PATIENCE, () -> isReady(port, before) || !server.isAlive())
            || !server.isAlive();
    if (ended) {
      server.close();
      throw new InstallationException("PostgreSQL does not start; see " + log);
    }
    return server;
  }

  /**
   * Starts the server so that it goes on when this process ends.
   *
   * @param port on loopback; must be free
   */
  public ProcessMark startDetached(int port) {
    run(
        "pg_ctl",
        List.of(
            "-D", data.toString(),
            "-l", log.toString(),
            "-o", String.join(" ", options(port)),
            "-w", "start"),
        "");
    return running()
        .orElseThrow(() -> new InstallationException("PostgreSQL does not start; see " + log));
  }

  /** Stops a server that was started by {@link #startDetached}, and waits until it has ended. */
  public void stopDetached() {
    Optional<ProcessMark> server = running();
    if (server.isEmpty()) {
      return;
    }
    run("pg_ctl", List.of("-D", data.toString(), "-m", "fast", "-w", "stop"), "");
    server.get().awaitEnd(PATIENCE);
  }

  /** The server's process, if it runs. */
  public Optional<ProcessMark> running() {
    String first = postmasterFile().lines().findFirst().orElse("");
    return first.matches("\\d{1,10}")
        ? ProcessHandle.of(Long.parseLong(first))
            .map(ProcessMark::of)
            .filter(mark -> mark.alive().isPresent())
        : Optional.empty();
  }

  private static List<String> options(int port) {
    return List.of(
        "-c", "port=" + port,
        "-c", "listen_addresses=127.0.0.1",
        "-c", "unix_socket_directories=",
        "-c", "fsync=on",
        "-c", "synchronous_commit=on",
        "-c", "full_page_writes=on",
        // the log is mostly full pages of indexes over random keys: fewer checkpoints, less of it
        "-c", "max_wal_size=4GB",
        "-c", "max_connections=200");
  }

  private static String hostRules(List<PostgresRole> roles) {
    StringBuilder rules = new StringBuilder();
    for (PostgresRole role : roles) {
      rules.append("host %s %s 127.0.0.1/32 scram-sha-256%n".formatted(role.name(), role.name()));
    }
    return rules.append("host all postgres 127.0.0.1/32 scram-sha-256\n").toString();
  }

  private static String statements(List<PostgresRole> roles) {
    StringBuilder sql = new StringBuilder();
    for (PostgresRole role : roles) {
      sql.append("CREATE ROLE %s LOGIN PASSWORD '%s';%n".formatted(role.name(), role.password()));
      sql.append("CREATE DATABASE %s OWNER %s;%n".formatted(role.name(), role.name()));
      sql.append("REVOKE ALL ON DATABASE %s FROM PUBLIC;%n".formatted(role.name()));
    }
    return sql.append("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;\n").toString();
  }

  /** Runs one of the programs to its end; its output goes to the server's log. */
  private void run(String program, List<String> arguments, String input) {
    try {
      long before = Files.exists(log) ? Files.size(log) : 0;
      Process process =
          new ProcessBuilder(programs.command(program, arguments))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      int status = process.waitFor();
      // In single-user mode a statement that fails does not end the program. A server that is just
      // starting says FATAL to whoever asks too early, which is no failure.
      if (status != 0 || (program.equals("postgres") && failedSince(before))) {
        throw new InstallationException(
            "PostgreSQL's %s failed (exit status %d); see %s".formatted(program, status, log));
      }
    } catch (IOException e) {
      throw new InstallationException("cannot run PostgreSQL's " + program + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallationException("interrupted", e);
    }
  }

  private boolean failedSince(long position) throws IOException {
    byte[] all = Files.readAllBytes(log);
    String added =
        new String(all, (int) position, all.length - (int) position, StandardCharsets.UTF_8);
    return added.lines().anyMatch(line -> line.contains("ERROR:") || line.contains("FATAL:"));
  }

  /** The server writes its state into this file; one that a killed server left is not news. */
  private boolean isReady(int port, String before) {
    String now = postmasterFile();
    List<String> lines = now.lines().toList();
    return !now.equals(before)
        && lines.size() > READY_LINE
        && lines.get(READY_LINE).startsWith("ready")
        && lines.get(PORT_LINE).equals(Integer.toString(port));
  }

  private String postmasterFile() {
    try {
      return Files.readString(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      return "";
    }
  }
}
