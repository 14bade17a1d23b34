package dev.birthmark.cli.installation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The processes of a detached installation, as {@code run/state.json} remembers them from one
 * command to the next.
 *
 * @param processes name of the process to its mark, in alphabetical order
 */
public record RunState(Map<String, ProcessMark> processes) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Name of PostgreSQL among the processes; the services have their directory's name. */
  public static final String POSTGRES = "postgresql";

  public RunState {
    processes = new TreeMap<>(processes);
  }

  /** What the last command noted; nothing if there was none. */
  public static RunState read(Home home) {
    Path file = file(home);
    if (!Files.exists(file)) {
      return new RunState(Map.of());
    }
    try {
      return MAPPER.readValue(file.toFile(), RunState.class);
    } catch (IOException e) {
      throw new InstallationException(
          file + " cannot be read; end the processes of this installation and delete it", e);
    }
  }

  /** This state and one process more. */
  public RunState with(String name, ProcessMark mark) {
    Map<String, ProcessMark> more = new TreeMap<>(processes);
    more.put(name, mark);
    return new RunState(more);
  }

  /** Whether the process was started and still lives. */
  public boolean alive(String name) {
    ProcessMark mark = processes.get(name);
    return mark != null && mark.alive().isPresent();
  }

  /** Writes the state for the next command; only under the installation's lock. */
  public void write(Home home) {
    try {
      PrivateFiles.secret(file(home), MAPPER.writeValueAsString(this) + "\n");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Home home) {
    return home.run().resolve("state.json");
  }
}
