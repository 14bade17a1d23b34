package dev.birthmark.credential.encoding;

/** What a text in a record may be: well-formed, of bounded length, without control characters. */
public final class BoundedText {
  private BoundedText() {}

  /**
   * Returns the text, or throws {@link IllegalArgumentException} naming the part.
   *
   * @param least octets of UTF-8
   * @param most octets of UTF-8
   */
  public static String check(String part, String text, int least, int most) {
    int octets = 0;
    for (int i = 0; i < text.length() && octets <= most; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(part + " has a control character");
      }
      if (c < 0x80) {
        octets += 1;
      } else if (c < 0x800) {
        octets += 2;
      } else if (!Character.isSurrogate(c)) {
        octets += 3;
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        octets += 4;
        i++;
      } else {
        throw new IllegalArgumentException(part + " has half a character");
      }
    }
    if (octets < least || octets > most) {
      throw new IllegalArgumentException(
          part + " has " + least + " to " + most + " octets of UTF-8");
    }
    return text;
  }
}
