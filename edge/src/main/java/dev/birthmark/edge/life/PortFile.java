package dev.birthmark.edge.life;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells the launcher which ports the service really listens on, as one JSON object in the file
 * {@code birthmark.port-file}: {@code {"https":…,"management":…,"pid":…}} and what the service
 * {@link #add adds}. The file appears whole, and only when the service is ready.
 */
@ApplicationScoped
public class PortFile {

  private final HttpServer server;
  private final ObjectMapper mapper;
  private final Optional<Path> file;
  private final SortedMap<String, Long> entries =
      Collections.synchronizedSortedMap(new TreeMap<>());

  PortFile(
      HttpServer server,
      ObjectMapper mapper,
      @ConfigProperty(name = "birthmark.port-file") Optional<Path> file) {
    this.server = server;
    this.mapper = mapper;
    this.file = file;
  }

  /** Adds a listener of the service's own; to be called while it starts. */
  public void add(String listener, int port) {
    entries.put(listener, (long) port);
  }

  void write() {
    if (file.isEmpty()) {
      return;
    }
    entries.put("https", (long) server.getSecurePort());
    entries.put("management", (long) server.getManagementPort());
    entries.put("pid", ProcessHandle.current().pid());
    try {
      var target = file.get().toAbsolutePath();
      var whole = target.resolveSibling(target.getFileName() + ".new");
      Files.write(whole, mapper.writeValueAsBytes(entries));
      Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("birthmark.port-file", e);
    }
  }
}
