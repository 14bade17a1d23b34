package dev.birthmark.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The running processes with their processor time: from /proc where it is, else from ps. */
public final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** Linux accounts in hundredths of a second to user space, on every architecture we run on. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessTable() {}

  /** All processes, as of now. */
  public static List<ProcessTime> read() {
    try {
      return Files.exists(PROC.resolve("self/stat")) ? readProc() : readPs();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the processes' times", e);
    }
  }

  private static List<ProcessTime> readProc() throws IOException {
    List<ProcessTime> processes = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path directory : directories) {
        try {
          parseStat(
                  Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1),
                  Files.readString(directory.resolve("cmdline"), StandardCharsets.ISO_8859_1))
              .ifPresent(processes::add);
        } catch (IOException e) {
          continue; // it ended while we looked
        }
      }
    }
    return processes;
  }

  /** A line of /proc/PID/stat; the name in parentheses may hold blanks and parentheses. */
  static Optional<ProcessTime> parseStat(String stat, String commandLine) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 2).strip().split(" ");
    return Optional.of(
        new ProcessTime(
            Long.parseLong(stat.substring(0, open).strip()),
            Long.parseLong(fields[1]),
            (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND,
            (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND,
            commandLine.replace('\0', ' ').strip()));
  }

  private static List<ProcessTime> readPs() throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-A", "-o", "pid=,ppid=,time=,command=")
            .redirectErrorStream(true)
            .start();
    String lines = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return lines.lines().flatMap(line -> parsePs(line).stream()).toList();
  }

  /** A line of ps: numbers, {@code [[hours:]minutes:]seconds}, and the command. */
  static Optional<ProcessTime> parsePs(String line) {
    String[] fields = line.strip().split("\\s+", 4);
    if (fields.length < 4) {
      return Optional.empty();
    }
    double seconds = 0;
    for (String part : fields[2].split("[:-]")) {
      seconds = seconds * 60 + Double.parseDouble(part);
    }
    return Optional.of(
        new ProcessTime(
            Long.parseLong(fields[0]), Long.parseLong(fields[1]), seconds, 0, fields[3]));
  }
}
