package dev.birthmark.credential.encoding;

/** Decimal numbers in their one spelling: no sign, no leading zeros. */
public final class DecimalText {
  private static final int MAX_DIGITS = 19;

  private DecimalText() {}

  /** Reads a number of 0..{@code most}. */
  public static long parse(String part, String text, long most) throws MalformedException {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS || (length > 1 && text.charAt(0) == '0')) {
      throw new MalformedException(part, "not a number in its one spelling");
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new MalformedException(part, "not a decimal number");
      }
    }
    try {
      long number = Long.parseLong(text);
      if (number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new MalformedException(part, "more than " + most);
    }
    throw new MalformedException(part, "more than " + most);
  }
}
