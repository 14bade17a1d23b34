package dev.birthmark.bench.measure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor time of a server and of the PostgreSQL processes that work for it: the backends of its
 * database and everything that all databases share (WAL writer, checkpointer, vacuum). Backends of
 * other databases are not its own.
 */
public final class CpuMeter {

  /** How a backend presents itself: {@code postgres: role database address(port) doing}. */
  private static final Pattern BACKEND =
      Pattern.compile("postgres: (\\S+) (\\S+) [0-9a-f.:\\[\\]]+\\(\\d+\\).*");

  private final long server;
  private final long postgres;
  private final String database;
  private final Supplier<List<ProcessTime>> table;

  private CpuMeter(long server, long postgres, String database, Supplier<List<ProcessTime>> table) {
    this.server = server;
    this.postgres = postgres;
    this.database = database;
    this.table = table;
  }

  /**
   * Of a server with a database.
   *
   * @param server process of the server; its children count too
   * @param postgres process that started PostgreSQL, or PostgreSQL itself
   */
  public static CpuMeter of(long server, long postgres, String database) {
    return new CpuMeter(server, postgres, database, ProcessTable::read);
  }

  /** Of one process alone, without its children. */
  public static CpuMeter ofOne(long pid) {
    return new CpuMeter(
        pid,
        0,
        "",
        () -> ProcessTable.read().stream().filter(process -> process.pid() == pid).toList());
  }

  static CpuMeter of(
      long server, long postgres, String database, Supplier<List<ProcessTime>> table) {
    return new CpuMeter(server, postgres, database, table);
  }

  /** Seconds of processor time since the processes began. */
  public double seconds() {
    List<ProcessTime> processes = table.get();
    Set<Long> tree = new HashSet<>(List.of(server, postgres));
    tree.remove(0L);
    int known;
    do { // a child may have a smaller number than its parent, so again until nothing is found
      known = tree.size();
      for (ProcessTime process : processes) {
        if (tree.contains(process.parent())) {
          tree.add(process.pid());
        }
      }
    } while (tree.size() > known);
    return processes.stream()
        .filter(process -> tree.contains(process.pid()) && !isForeign(process.command()))
        .mapToDouble(process -> process.seconds() + process.reapedSeconds())
        .sum();
  }

  private boolean isForeign(String command) {
    Matcher backend = BACKEND.matcher(command);
    return backend.matches() && !backend.group(2).equals(database);
  }
}
