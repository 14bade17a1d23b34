package dev.birthmark.cli.client;

import java.util.Set;

/** Where the command line gets its bearer tokens from. */
@FunctionalInterface
public interface TokenSource {

  /**
   * A token that is valid now.
   *
   * @param audience the service that it is for
   * @param roles what it must allow
   * @return the token in its compact form
   */
  String token(Audience audience, Set<Role> roles);
}
