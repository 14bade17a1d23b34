package dev.birthmark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Orders and enrollments, as a factory asks for them. */
public final class Enrollments {

  /** Lines of one request: together some 50 kB, which the sockets take without a reader. */
  private static final int LINES_PER_REQUEST = 60;

  private static final int REQUESTS_AT_ONCE = 4;

  private final ServiceClient enrollment;

  public Enrollments(ServiceClient enrollment) {
    this.enrollment = enrollment;
  }

  /**
   * One device and its request.
   *
   * @param deviceId the device
   * @param request PKCS#10, as PEM or base64
   */
  public record Row(String deviceId, String request) {}

  /** Opens an order; the same order again is answered, not opened twice. */
  public ServiceClient.Answer open(ObjectNode order) {
    return enrollment.post("/v1/orders", order, Role.FACTORY);
  }

  /** What has become of an order. */
  public JsonNode order(String id) {
    return enrollment.get("/v1/orders/" + PathText.encode(id), Role.FACTORY);
  }

  /** Enrolls one device; the same device and key again get the same certificate. */
  public ServiceClient.Answer enroll(String order, Row row) {
    return enrollment.post("/v1/enrollments", line(order, row), Role.FACTORY);
  }

  /**
   * Enrolls many devices: each line answers for itself. Requests are bounded and a few are under
   * way at once.
   *
   * @param answered hears, from any thread, how many lines have been answered
   * @return one answer for each row, in the rows' order; its member {@code line} counts from 1
   */
  public List<JsonNode> enrollAll(String order, List<Row> rows, LongConsumer answered) {
    AtomicLong count = new AtomicLong();
    List<Future<List<JsonNode>>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE)) {
      for (int from = 0; from < rows.size(); from += LINES_PER_REQUEST) {
        int first = from;
        List<Row> part = rows.subList(from, Math.min(rows.size(), from + LINES_PER_REQUEST));
        parts.add(threads.submit(() -> enrollPart(order, part, first, count, answered)));
      }
      List<JsonNode> answers = new ArrayList<>(rows.size());
      for (Future<List<JsonNode>> part : parts) {
        answers.addAll(result(part));
      }
      return answers;
    }
  }

  private List<JsonNode> enrollPart(
      String order, List<Row> part, int first, AtomicLong count, LongConsumer answered) {
    StringBuilder lines = new StringBuilder();
    for (Row row : part) {
      lines.append(line(order, row)).append('\n');
    }
    List<JsonNode> answers = new ArrayList<>(part.size());
    try (Stream<JsonNode> stream =
        enrollment.postLines("/v1/enrollments/batch", lines.toString(), Role.FACTORY)) {
      stream.forEach(answer -> {
        ObjectNode numbered = (ObjectNode) answer;
        answers.add(numbered.put("line", first + answer.path("line").asInt()));
        answered.accept(count.incrementAndGet());
      });
    }
    if (answers.size() != part.size()) {
      throw new UnavailableException(
          "the batch was cut off after %d of %d lines; run it again: what was enrolled is answered"
              .formatted(first + answers.size(), first + part.size()));
    }
    return answers;
  }

  private static ObjectNode line(String order, Row row) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("deviceId", row.deviceId())
        .put("order", order)
        .put("request", row.request());
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    }
  }
}
