package dev.birthmark.cli;

import dev.birthmark.cli.command.Birthmark;

/** Starts the command line. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(Birthmark.run(arguments));
  }
}
