package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.bed.RunningService;
import dev.birthmark.bench.load.Candidate;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A factory that enrolls: an order that is large enough, a token, and requests in JSON. */
final class Factory {

  private static final String ORDER = "bench-order";
  private static final int QUANTITY = 10_000_000;

  private final Scene scene;
  private final RunningService service;
  private final String token;

  Factory(Scene scene) {
    this.scene = scene;
    this.service = scene.bed().enrollment();
    this.token = scene.bed().token(Audience.ENROLLMENT, Role.FACTORY);
    openOrder();
  }

  RunningService service() {
    return service;
  }

  Connection connect() throws IOException {
    return Connection.open(scene.bed().tls(), service.api());
  }

  Candidate candidate() {
    return Candidate.fresh(scene.newDeviceId(), scene.providers());
  }

  byte[] single(Candidate candidate) {
    return post("/v1/enrollments", "application/json", line(candidate));
  }

  byte[] batch(List<Candidate> candidates) {
    StringBuilder lines = new StringBuilder(candidates.size() * 512);
    candidates.forEach(candidate -> lines.append(line(candidate)).append('\n'));
    return post("/v1/enrollments/batch", "application/x-ndjson", lines.toString());
  }

  private static String line(Candidate candidate) {
    return "{\"deviceId\":\""
        + candidate.deviceId()
        + "\",\"order\":\""
        + ORDER
        + "\",\"request\":\""
        + Base64.getEncoder().encodeToString(candidate.request())
        + "\"}";
  }

  private byte[] post(String path, String type, String body) {
    return Connection.post(service.api(), path, type, token, body.getBytes(StandardCharsets.UTF_8));
  }

  private void openOrder() {
    String order =
        "{\"id\":\"%s\",\"model\":\"bench-model\",\"lot\":\"bench-lot\",\"quantity\":%d}"
            .formatted(ORDER, QUANTITY);
    try (Connection connection = connect()) {
      Connection.Answer answer = connection.exchange(post("/v1/orders", "application/json", order));
      if (answer.status() / 100 != 2) {
        throw new BedException("the order is refused: " + answer.text());
      }
    } catch (IOException e) {
      throw new BedException("the order cannot be opened", e);
    }
  }
}
