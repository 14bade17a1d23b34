package dev.birthmark.cli.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What runs of an installation as long as this process does. It can be closed at any time, also by
 * another thread while it is being started: then nothing more starts.
 */
public final class AttachedInstallation implements AutoCloseable {

  private final Ports ports;
  private final List<AttachedProcess> processes = new ArrayList<>();
  private boolean closed;

  /** One of which nothing runs yet. */
  public AttachedInstallation(Ports ports) {
    this.ports = ports;
  }

  /** Where it listens. */
  public Ports ports() {
    return ports;
  }

  synchronized AttachedProcess start(Supplier<AttachedProcess> process) {
    if (closed) {
      throw new InstallationException("the installation was stopped while it started");
    }
    AttachedProcess started = process.get();
    processes.add(started);
    return started;
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
