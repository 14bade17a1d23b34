package dev.birthmark.edge.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a problem.
 *
 * @param kind what kind of problem
 * @param detail what was wrong this time, written for the caller
 * @param nextStep what he can do about this very occurrence
 * @param members further members of the answer, in order; values that the JSON mapper can write
 */
public record Problem(
    ProblemKind kind, String detail, String nextStep, Map<String, Object> members) {

  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, kind.nextStep(), Map.of());
  }

  /** This problem with one more member. */
  public Problem with(String member, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(kind, detail, nextStep, more);
  }

  /** This problem with a next step of its own. */
  public Problem next(String step) {
    return new Problem(kind, detail, step, members);
  }

  /** To be thrown where a resource or a route finds the problem; it becomes the answer. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** The members of the JSON object, RFC 9457 §3, in the order in which they are written. */
  public Map<String, Object> body(@Nullable String requestId) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", kind.type().toString());
    body.put("title", kind.title());
    body.put("status", kind.status());
    body.put("detail", detail);
    body.put("reason", kind.reason());
    body.put("nextStep", nextStep);
    if (requestId != null) {
      body.put("requestId", requestId);
    }
    body.putAll(members);
    return body;
  }
}
