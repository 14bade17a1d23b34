package dev.birthmark.credential.log;

import java.nio.charset.StandardCharsets;

/**
 * What a log's origin may be: a schema-less URL (C2SP tlog-checkpoint), 1..255 visible ASCII
 * characters, no plus sign, no empty path segment. The first log of a site is the site's origin;
 * the next ones add {@code /2}, {@code /3} and so on.
 */
public final class LogOrigin {
  /** The longest origin, in octets: C2SP's cosigned message has one octet for its length. */
  public static final int MAX_LENGTH = 255;

  private LogOrigin() {}

  /** Whether this may name a log. */
  public static boolean isValid(String origin) {
    int length = origin.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_LENGTH || origin.contains("//") || origin.contains("://")) {
      return false;
    }
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '+') {
        return false;
      }
    }
    return origin.charAt(0) != '/' && origin.charAt(length - 1) != '/';
  }

  /** Returns the origin, or throws {@link IllegalArgumentException} if it may not name a log. */
  public static String check(String origin) {
    if (!isValid(origin)) {
      throw new IllegalArgumentException("not a log origin");
    }
    return origin;
  }

  /**
   * Whether {@code origin} belongs to whoever owns {@code owned}: the same, or a path below it. An
   * origin that extends a registered one is its owner's only.
   */
  public static boolean extendsOrigin(String origin, String owned) {
    return origin.equals(owned) || origin.startsWith(owned + "/");
  }

  /**
   * The origin after this one: {@code o}, {@code o/2}, {@code o/3} …, for a site that was put back.
   *
   * @param first the origin of the site's first log
   * @param ordinal of the log wanted, from 1
   */
  public static String ordinal(String first, int ordinal) {
    if (ordinal < 1) {
      throw new IllegalArgumentException("a site's logs count from 1");
    }
    return check(ordinal == 1 ? first : first + "/" + ordinal);
  }
}
