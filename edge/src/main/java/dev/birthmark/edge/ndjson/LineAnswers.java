package dev.birthmark.edge.ndjson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Failures;
import dev.birthmark.edge.problem.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a batch, lets the handler answer those that are good, and writes all answers
 * in order.
 */
final class LineAnswers<T> {

  private final Caller caller;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final Failures failures;
  private final @Nullable String requestId;
  private final RowHandler<T> handler;

  LineAnswers(
      Caller caller,
      ObjectReader reader,
      ObjectWriter writer,
      Failures failures,
      @Nullable String requestId,
      RowHandler<T> handler) {
    this.caller = caller;
    this.reader = reader;
    this.writer = writer;
    this.failures = failures;
    this.requestId = requestId;
    this.handler = handler;
  }

  /** One line out for each line in, in the same order. Never throws on what the lines say. */
  Buffer answer(List<Line> lines) {
    SortedMap<Long, Object> answers = new TreeMap<>();
    var rows = new ArrayList<Row<T>>(lines.size());
    for (var line : lines) {
      try {
        rows.add(new Row<>(line.number(), read(line)));
      } catch (Exception e) {
        answers.put(line.number(), problem(line.number(), e));
      }
    }
    var given = rows.isEmpty() ? List.of() : handled(rows);
    for (int i = 0; i < rows.size(); i++) {
      answers.put(rows.get(i).line(), given.get(i));
    }
    return write(answers);
  }

  private T read(Line line) throws IOException {
    var octets = line.octets();
    if (octets == null) {
      throw Problem.of(CommonProblem.LINE_TOO_LONG, "The line was skipped, the others were not.")
          .exception();
    }
    T value = reader.readValue(octets);
    if (value == null) {
      throw Problem.of(CommonProblem.MALFORMED, "The line is the JSON null.").exception();
    }
    return value;
  }

  private List<?> handled(List<Row<T>> rows) {
    try {
      var answers = handler.answer(caller, rows);
      if (answers.size() != rows.size()) {
        throw new IllegalStateException(answers.size() + " answers for " + rows.size() + " rows");
      }
      return answers;
    } catch (Exception e) {
      var problem = failures.problem(e, requestId);
      return rows.stream().map(row -> new LineProblem(row.line(), problem)).toList();
    }
  }

  private LineProblem problem(long line, Exception failure) {
    return new LineProblem(line, failures.problem(failure, requestId));
  }

  private Buffer write(SortedMap<Long, Object> answers) {
    var out = Buffer.buffer();
    answers.forEach((line, answer) -> out.appendBytes(json(line, answer)).appendByte((byte) '\n'));
    return out;
  }

  private byte[] json(long line, Object answer) {
    try {
      return writer.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer of line " + line + " is no JSON", e);
    }
  }
}
