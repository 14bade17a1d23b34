package dev.birthmark.cli.command;

/** What the number means with which a command ends. */
public final class ExitCode {

  /** It was done; the answer is yes. */
  public static final int DONE = 0;

  /** The service refused it, or the answer is no (a decision that denies). */
  public static final int REFUSED = 1;

  /** The command line was not understood. */
  public static final int USAGE = 2;

  /** A service or the installation is not there, not running, or cannot answer now. */
  public static final int UNAVAILABLE = 3;

  /** A check of evidence failed: a proof, a signature, a step of the demo. */
  public static final int NOT_PROVEN = 4;

  /** A mistake in this program. */
  public static final int BUG = 70;

  private ExitCode() {}
}
