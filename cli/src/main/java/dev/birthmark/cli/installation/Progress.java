package dev.birthmark.cli.installation;

/** Hears what is being done at the moment, for whoever waits. */
@FunctionalInterface
public interface Progress {

  /**
   * Something begins that may take a while.
   *
   * @param what in the present tense, without a full stop: {@code "starting PostgreSQL"}
   */
  void now(String what);

  /** Nobody waits. */
  static Progress silent() {
    return what -> {};
  }
}
