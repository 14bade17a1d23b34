package dev.birthmark.cli.installation;

import java.util.List;

/** An installation that runs as long as this process does. */
public final class AttachedInstallation implements AutoCloseable {

  private final Ports ports;
  private final List<AttachedProcess> processes;
  private boolean closed;

  AttachedInstallation(Ports ports, List<AttachedProcess> processes) {
    this.ports = ports;
    this.processes = List.copyOf(processes);
  }

  /** Where it listens. */
  public Ports ports() {
    return ports;
  }

  /** Stops everything, in the reverse order of its start, and waits until it has ended. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      processes.reversed().forEach(AttachedProcess::close);
    }
  }
}
