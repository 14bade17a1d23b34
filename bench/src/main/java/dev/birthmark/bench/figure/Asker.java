package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.RunningService;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A backend and security officer in one, who asks one replica. */
final class Asker {

  private final Scene scene;
  private final RunningService replica;
  private final String token;

  Asker(Scene scene, RunningService replica) {
    this.scene = scene;
    this.replica = replica;
    this.token = scene.bed().token(Audience.IDENTITY, Role.BACKEND, Role.SECURITY);
  }

  RunningService replica() {
    return replica;
  }

  Connection connect() throws IOException {
    return Connection.open(scene.bed().tls(), replica.api());
  }

  byte[] decision(String question) {
    return post("/v1/decisions", question);
  }

  /** Questions, one a line. */
  byte[] decisions(String questions) {
    return Connection.post(
        replica.api(),
        "/v1/decisions/batch",
        "application/x-ndjson",
        token,
        questions.getBytes(StandardCharsets.UTF_8));
  }

  byte[] nothing(String question) {
    return post("/v1/empty", question);
  }

  /** A change; the key makes it one that was not asked for before. */
  byte[] change(String change, String key) {
    byte[] plain = post("/v1/changes", change);
    String text = new String(plain, StandardCharsets.UTF_8);
    return text.replaceFirst("\r\n", "\r\nIdempotency-Key: " + key + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] post(String path, String body) {
    return Connection.post(
        replica.api(), path, "application/json", token, body.getBytes(StandardCharsets.UTF_8));
  }
}
