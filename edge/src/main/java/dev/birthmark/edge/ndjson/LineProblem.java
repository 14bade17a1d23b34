package dev.birthmark.edge.ndjson;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.birthmark.edge.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of a line that could not be honoured: {@code {"line":…, "status":…, "problem":{…}}}.
 *
 * @param line the line's number in the file
 * @param about what else identifies the line, such as {@code deviceId}; written before the status
 */
public record LineProblem(long line, Map<String, Object> about, Problem problem) {

  public LineProblem {
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
  }

  public LineProblem(long line, Problem problem) {
    this(line, Map.of(), problem);
  }

  @JsonValue
  Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("line", line);
    body.putAll(about);
    body.put("status", problem.kind().status());
    body.put("problem", problem.body(null));
    return body;
  }
}
