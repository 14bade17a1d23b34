package dev.birthmark.cli.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the bearer of a token may do. */
public enum Role {
  FACTORY,
  BACKEND,
  SECURITY,
  AUDITOR,
  ADMIN;

  /** The word in the token's {@code roles} claim. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word. */
  public static Role parse(String word) {
    return Arrays.stream(values())
        .filter(role -> role.claim().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no role '" + word + "'; roles are " + words().toString()));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Role::claim).toList();
  }
}
