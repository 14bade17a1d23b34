package dev.birthmark.cli.installation;

/**
 * A role that may log in, and the database of the same name that it owns.
 *
 * @param name lower-case letters only: it is written into SQL as it is
 * @param password hexadecimal digits only, for the same reason
 */
public record PostgresRole(String name, String password) {

  public PostgresRole {
    if (!name.matches("[a-z]{1,32}")) {
      throw new IllegalArgumentException("not a role name: " + name);
    }
    if (!password.matches("[0-9a-f]{16,64}")) {
      throw new IllegalArgumentException("not a password of hexadecimal digits");
    }
  }
}
