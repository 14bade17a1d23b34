package dev.birthmark.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.installation.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two streams of a command. Results go to standard output; progress and errors go to standard
 * error, so that a program reading the output never meets them.
 */
public final class Terminal implements Progress {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final long PROGRESS_AFTER_NANOS = 200_000_000L;
  private static final int BAR_CELLS = 30;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean interactive;
  private final boolean colour;
  private boolean transientLine;
  private long barDrawn;
  private boolean silent;

  /**
   * A terminal on those streams.
   *
   * @param json whether the result is one JSON object and nothing else is printed
   * @param interactive whether a person looks at it while it runs
   * @param colour whether escape sequences may be used to colour text
   */
  public Terminal(
      PrintStream out, PrintStream err, boolean json, boolean interactive, boolean colour) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.interactive = interactive;
    this.colour = colour;
  }

  /** The process's own terminal; colour only on a terminal and unless NO_COLOR is set. */
  public static Terminal ofProcess(boolean json, Map<String, String> environment) {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return new Terminal(System.out, System.err, json, interactive, interactive && !plain && !json);
  }

  /** Says this last line on standard error, and nothing after it, whoever still has something. */
  public synchronized void lastWord(String line) {
    complain(line);
    silent = true;
  }

  /** Whether a program reads the output. */
  public boolean json() {
    return json;
  }

  /** Whether a person can be asked something. */
  public boolean interactive() {
    return interactive && !json;
  }

  /** Says a line to people; programs do not get it. */
  public synchronized void say(String line) {
    if (!json && !silent) {
      clear();
      out.println(line);
    }
  }

  /** Says nothing, with emphasis. */
  public void say() {
    say("");
  }

  /** Lines of name and value, aligned; pairs without a value are left out. */
  public void facts(String... namesAndValues) {
    int width = 0;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        width = Math.max(width, namesAndValues[i].length());
      }
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        say("  " + dim(pad(namesAndValues[i], width)) + "  " + namesAndValues[i + 1]);
      }
    }
  }

  /** A table without rules: a head and rows, the columns as wide as what they hold. */
  public void table(List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = head.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    say(dim(row(head, widths)));
    rows.forEach(row -> say(row(row, widths)));
  }

  /** The result for a program: the only thing that goes to its standard output. */
  public synchronized void result(JsonNode document) {
    if (json && !silent) {
      clear();
      out.println(document);
    }
  }

  /** One line of a result that has no end. */
  public synchronized void resultLine(JsonNode document) {
    result(document);
    out.flush();
  }

  /** Text that is the whole result, for people and programs alike. */
  public synchronized void raw(String text) {
    clear();
    out.print(text);
    out.flush();
  }

  /** Says a line on standard error. */
  public synchronized void complain(String line) {
    if (!silent) {
      clear();
      err.println(line);
    }
  }

  @Override
  public synchronized void now(String what) {
    if (interactive && !silent) {
      err.print(CLEAR_LINE + dim("… " + what));
      err.flush();
      transientLine = true;
    }
  }

  /**
   * Shows how far something has come: a bar where a person looks, else one line at the end.
   *
   * @param what in the present tense
   * @param done how many of them are done
   * @param total how many there are, at least 1
   */
  public synchronized void bar(String what, long done, long total) {
    long now = System.nanoTime();
    if (!interactive || silent || (done < total && now - barDrawn < PROGRESS_AFTER_NANOS / 4)) {
      return;
    }
    barDrawn = now;
    int full = (int) (done * BAR_CELLS / total);
    err.print(
        CLEAR_LINE
            + "  "
            + what
            + " ["
            + "#".repeat(full)
            + "-".repeat(BAR_CELLS - full)
            + "] "
            + count(done)
            + " of "
            + count(total));
    err.flush();
    transientLine = true;
  }

  /** A number as people write it: 1,000. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A time as people read it: 1.2 s, 34 ms. */
  public static String time(long nanos) {
    return nanos < 1_000_000_000L
        ? String.format(Locale.ROOT, "%.0f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  /** Emphasised. */
  public String bold(String text) {
    return paint("1", text);
  }

  /** Less important. */
  public String dim(String text) {
    return paint("2", text);
  }

  /** As it should be. */
  public String good(String text) {
    return paint("32", text);
  }

  /** Refused, failed, revoked. */
  public String bad(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static String row(List<String> cells, int[] widths) {
    StringBuilder row = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      boolean last = column == widths.length - 1;
      row.append(last ? cells.get(column) : pad(cells.get(column), widths[column] + 2));
    }
    return row.toString().stripTrailing();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void clear() {
    if (transientLine) {
      err.print(CLEAR_LINE);
      err.flush();
      transientLine = false;
    }
  }
}
