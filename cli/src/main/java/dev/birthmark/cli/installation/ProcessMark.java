package dev.birthmark.cli.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that some earlier command started: its number alone may belong to somebody else by now,
 * number and start time together do not.
 *
 * @param pid the operating system's number
 * @param startedMillis when it started, in milliseconds of the Unix epoch; 0 where unknown
 */
public record ProcessMark(long pid, long startedMillis) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The mark of a process that is running now. */
  public static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(
        process.pid(), process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L));
  }

  /** The process, as long as it lives. One that ended but was never waited for does not live. */
  public Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !ended(pid))
        .filter(process -> startedMillis == 0 || of(process).startedMillis == startedMillis);
  }

  /**
   * Asks the process to end and waits for it; kills it if it does not within twenty seconds.
   *
   * @return whether it went by itself
   */
  public boolean stop() {
    Optional<ProcessHandle> process = alive();
    if (process.isEmpty()) {
      return true;
    }
    process.get().destroy();
    if (awaitEnd(PATIENCE)) {
      return true;
    }
    process.get().destroyForcibly();
    awaitEnd(PATIENCE);
    return false;
  }

  boolean awaitEnd(Duration patience) {
    return Waiting.until(patience, () -> alive().isEmpty());
  }

  /** Whether the process is a zombie; only Linux can tell, and only there PID 1 may not reap. */
  private static boolean ended(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.exists(stat)) {
      return false;
    }
    try {
      String line = Files.readString(stat);
      char state = line.charAt(line.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X';
    } catch (IOException e) {
      return true; // it went while we looked
    }
  }
}
