package dev.birthmark.credential.pkix;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A device's id: 1 to 64 of {@code A-Z a-z 0-9 . : -}, first and last a letter or digit, no {@code
 * ..}. It fits PrintableString, MQTT topics and URL paths. Never confuse it with the certificate
 * serial.
 *
 * <p>Two ids that differ only in case are one id (RFC 5280 §7.1 compares names so); {@link
 * #canonical()} is what uniqueness is checked on. {@code equals} compares the spelling.
 */
public record DeviceId(String value) implements Comparable<DeviceId> {

  /** Longest id, in characters (upper bound of serialNumber and CN, RFC 5280 appendix A.1). */
  public static final int MAX_LENGTH = 64;

  public DeviceId {
    String fault = fault(value);
    if (fault != null) {
      throw new IllegalArgumentException("device id " + fault);
    }
  }

  /** Whether the text is a device id. */
  public static boolean isValid(String text) {
    return fault(text) == null;
  }

  /** What is wrong with a text as a device id, in words that never repeat it; null if nothing. */
  public static @Nullable String fault(String text) {
    int length = text.length();
    if (length == 0) {
      return "is empty";
    }
    if (length > MAX_LENGTH) {
      return "has " + length + " characters, more than " + MAX_LENGTH;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '.' && c != ':' && c != '-') {
        return String.format(
            "has U+%04X at position %d; allowed are A-Z a-z 0-9 . : -", (int) c, i + 1);
      }
      if (c == '.' && i > 0 && text.charAt(i - 1) == '.') {
        return "has two dots in a row";
      }
    }
    if (!isAlphanumeric(text.charAt(0)) || !isAlphanumeric(text.charAt(length - 1))) {
      return "does not begin and end with a letter or digit";
    }
    return null;
  }

  /** The lower-case spelling, on which ids are unique. */
  public String canonical() {
    return value.toLowerCase(Locale.ROOT);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
