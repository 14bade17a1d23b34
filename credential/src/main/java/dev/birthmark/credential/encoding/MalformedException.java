package dev.birthmark.credential.encoding;

/** Octets or text that are not what their format says. Carries no part of the input itself. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String part;
  private final String detail;

  /**
   * @param part what was being read, in the format's own words, such as {@code "issuedAt"}
   * @param detail what is wrong with it
   */
  public MalformedException(String part, String detail) {
    super(part + ": " + detail);
    this.part = part;
    this.detail = detail;
  }

  /** The part that was being read. */
  public String part() {
    return part;
  }

  /** What is wrong with it. */
  public String detail() {
    return detail;
  }
}
