package dev.birthmark.cli.installation;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A child that ends when its standard input does. This process holds the other end of that pipe, so
 * the child ends also when this process is killed.
 */
public final class AttachedProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String name;
  private final Process process;

  private AttachedProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static AttachedProcess start(String name, ProcessBuilder builder) {
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    try {
      return new AttachedProcess(name, builder.start());
    } catch (IOException e) {
      throw new InstallationException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** What it is, for people. */
  public String name() {
    return name;
  }

  /** The operating system's number of it. */
  public long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets go of the life line and waits for the end; kills a child that does not care. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it ended before
    }
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
