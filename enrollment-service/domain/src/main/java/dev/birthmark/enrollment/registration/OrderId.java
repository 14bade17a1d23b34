package dev.birthmark.enrollment.registration;

import org.jspecify.annotations.Nullable;

/** What the id of an order may be: it stands in paths, log lines and entries. */
public final class OrderId {
  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 64;

  private OrderId() {}

  /**
   * What is wrong with a text as an order's id, in words that never repeat it; null if nothing. An
   * id has 1 to {@link #MAX_LENGTH} of {@code A-Z a-z 0-9 . _ -}, first and last a letter or digit,
   * no {@code ..}.
   */
  public static @Nullable String fault(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return "has " + id.length() + " characters, not 1 to " + MAX_LENGTH;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean inner = i > 0 && i < id.length() - 1;
      if (!isAlphanumeric(c) && !(inner && (c == '.' || c == '_' || c == '-'))) {
        return String.format(
            "has U+%04X at position %d; allowed are A-Z a-z 0-9, and . _ - between them",
            (int) c, i + 1);
      }
    }
    return id.contains("..") ? "has two dots in a row" : null;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
