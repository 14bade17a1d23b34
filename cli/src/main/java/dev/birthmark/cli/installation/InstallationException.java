package dev.birthmark.cli.installation;

/**
 * The installation cannot do what was asked in the state in which it is. The message is written for
 * the operator and says what to do next.
 */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InstallationException(String message) {
    super(message);
  }

  public InstallationException(String message, Throwable cause) {
    super(message, cause);
  }
}
