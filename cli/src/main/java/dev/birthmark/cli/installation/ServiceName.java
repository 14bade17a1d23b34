package dev.birthmark.cli.installation;

/** The two services of an installation, in the order in which they are started. */
public enum ServiceName {
  /** Registry, decisions, changes of trust; the device port. */
  IDENTITY("identity"),
  /** Registration authority, certificate authority, issuance log of one site. */
  ENROLLMENT("enrollment");

  private final String directory;

  ServiceName(String directory) {
    this.directory = directory;
  }

  /** Name of its directory, its database, its role in PostgreSQL and its log file. */
  public String directory() {
    return directory;
  }
}
