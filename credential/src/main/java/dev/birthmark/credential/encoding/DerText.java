package dev.birthmark.credential.encoding;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times and lengths as DER writes them. */
final class DerText {
  private static final int TIME_LENGTH = "YYYYMMDDHHMMSSZ".length();

  private DerText() {}

  /** Octets of the UTF-8. */
  static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static Instant time(String part, String text) throws MalformedException {
    if (text.length() != TIME_LENGTH || text.charAt(TIME_LENGTH - 1) != 'Z') {
      throw new MalformedException(part, "not YYYYMMDDHHMMSSZ");
    }
    try {
      int year = digits(part, text, 0, 4);
      if (year < 1950) {
        throw new MalformedException(part, "before 1950");
      }
      return LocalDateTime.of(
              year,
              digits(part, text, 4, 6),
              digits(part, text, 6, 8),
              digits(part, text, 8, 10),
              digits(part, text, 10, 12),
              digits(part, text, 12, 14))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedException(part, "no such date");
    }
  }

  static String time(Instant time) {
    LocalDateTime t = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    if (t.getYear() < 1950 || t.getYear() > 9999 || t.getNano() != 0) {
      throw new IllegalArgumentException("a time is in whole seconds of 1950..9999: " + time);
    }
    char[] text = new char[TIME_LENGTH];
    put(text, 0, 4, t.getYear());
    put(text, 4, 6, t.getMonthValue());
    put(text, 6, 8, t.getDayOfMonth());
    put(text, 8, 10, t.getHour());
    put(text, 10, 12, t.getMinute());
    put(text, 12, 14, t.getSecond());
    text[TIME_LENGTH - 1] = 'Z';
    return new String(text);
  }

  private static int digits(String part, String text, int from, int to) throws MalformedException {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedException(part, "not YYYYMMDDHHMMSSZ");
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private static void put(char[] text, int from, int to, int number) {
    for (int i = to - 1; i >= from; i--) {
      text[i] = (char) ('0' + number % 10);
      number /= 10;
    }
  }
}
