package dev.birthmark.credential.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The textual armour of RFC 7468 around one object: one label, nothing before it or after it. */
public final class PemArmor {
  private static final int LINE = 64;

  private PemArmor() {}

  /** Writes the object under the label, lines of 64 characters. */
  public static String write(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return begin(label) + "\n" + body + "\n" + end(label) + "\n";
  }

  /**
   * Reads the only object of a text. Line ends may be CR LF, blanks at the ends are overlooked; a
   * second object or another label is refused.
   *
   * @param most octets that the object may have
   */
  public static byte[] read(String label, String text, int most) throws MalformedException {
    // Base64 takes 4 for 3, and line ends come on top.
    if (text.length() > 2L * most + 256) {
      throw new MalformedException(label, "too long");
    }
    String trimmed = text.strip();
    if (!trimmed.startsWith(begin(label)) || !trimmed.endsWith(end(label))) {
      throw new MalformedException(label, "not between BEGIN and END of that label");
    }
    int from = begin(label).length();
    int to = trimmed.length() - end(label).length();
    if (to < from) {
      throw new MalformedException(label, "cut short");
    }
    byte[] der =
        Base64Text.decode(label, trimmed.substring(from, to).replace("\r\n", "").replace("\n", ""));
    if (der.length > most) {
      throw new MalformedException(label, "more than " + most + " octets");
    }
    return der;
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
