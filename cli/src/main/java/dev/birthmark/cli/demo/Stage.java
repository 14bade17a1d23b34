package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.InstallationException;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Locale;

/** Shows the steps one after the other, and keeps what each of them found. */
final class Stage {

  private final Terminal terminal;
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private int number;

  Stage(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a step does; it notes what it found in its record. */
  interface Play {
    void run(Record record) throws IOException;
  }

  /** What a step found. */
  static final class Record {
    private final ObjectNode facts = JsonNodeFactory.instance.objectNode();
    private final StringBuilder lines = new StringBuilder();

    /** The facts for programs. */
    ObjectNode facts() {
      return facts;
    }

    /** A line for people. */
    Record say(String line) {
      lines.append(lines.isEmpty() ? "" : "\n").append(line);
      return this;
    }

    /** A fact for programs. */
    Record note(String name, JsonNode value) {
      facts.set(name, value);
      return this;
    }

    /** A fact for programs. */
    Record note(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** A fact for programs. */
    Record note(String name, long value) {
      facts.put(name, value);
      return this;
    }

    /** A fact for programs. */
    Record note(String name, double value) {
      facts.put(name, value);
      return this;
    }
  }

  /**
   * Plays a step.
   *
   * @param name what happens, in one sentence
   * @throws StepFailed if it did not hold
   */
  void step(String name, Play play) {
    number++;
    terminal.now(name);
    Record record = new Record();
    long start = System.nanoTime();
    try {
      play.run(record);
    } catch (StepFailed
        | RefusedException
        | UnavailableException
        | InstallationException
        | dev.birthmark.cli.client.NotProvenException
        | IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      show(name, record, System.nanoTime() - start, false);
      terminal.say("       " + terminal.bad(why));
      throw new StepFailed("step " + number + " did not hold: " + why);
    }
    show(name, record, System.nanoTime() - start, true);
  }

  /** All steps so far. */
  ArrayNode steps() {
    return steps;
  }

  private void show(String name, Record record, long nanos, boolean held) {
    terminal.say(
        String.format(Locale.ROOT, "%3d  ", number)
            + (held ? terminal.good("ok ") : terminal.bad("NO "))
            + " "
            + terminal.bold(name)
            + terminal.dim("  " + Terminal.time(nanos)));
    record.lines.toString().lines().forEach(line -> terminal.say("         " + line));
    ObjectNode step = steps.addObject();
    step.put("step", number).put("name", name).put("held", held);
    step.put("millis", Math.round(nanos / 1e4) / 1e2);
    step.set("facts", record.facts);
  }
}
