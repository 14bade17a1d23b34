package dev.birthmark.identity.server.rest;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** A number in a query; the framework would answer what is none as if the address were wrong. */
final class NumberParameter {

  private NumberParameter() {}

  static long read(String name, @Nullable String text, long from, long to) {
    return read(CommonProblem.MALFORMED, name, text, from, to);
  }

  static long read(ProblemKind kind, String name, @Nullable String text, long from, long to) {
    if (text != null && text.matches("[0-9]{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= from && value <= to) {
        return value;
      }
    }
    throw Problem.of(kind, name + " is not a number from " + from + " to " + to + ".").exception();
  }
}
