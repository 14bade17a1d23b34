package dev.birthmark.testkit.postgres;

/** A running PostgreSQL server and the superuser who makes databases on it. */
interface Server extends AutoCloseable {

  /** A JDBC URL of the named database, without credentials. */
  String url(String database);

  String username();

  String password();

  @Override
  void close();
}
