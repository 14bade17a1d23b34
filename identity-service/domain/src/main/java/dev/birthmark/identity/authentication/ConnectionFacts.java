package dev.birthmark.identity.authentication;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the relying party knows of the connection, such as address, protocol and client id. No
 * built-in policy looks at it yet.
 *
 * @param values at most 32, each of at most 255 characters
 */
public record ConnectionFacts(SortedMap<String, String> values) {
  /** Nothing is known. */
  public static final ConnectionFacts NONE = new ConnectionFacts(new TreeMap<>());

  public ConnectionFacts {
    if (values.size() > 32
        || values.entrySet().stream()
            .anyMatch(fact -> fact.getKey().length() > 255 || fact.getValue().length() > 255)) {
      throw new IllegalArgumentException("more than 32 connection facts, or one too long");
    }
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
