package dev.birthmark.enrollment.server;

import io.quarkus.vertx.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The listener for health and metrics. */
final class Management {

  private Management() {}

  static String get(HttpServer server, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.getManagementPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
