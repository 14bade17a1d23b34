package dev.birthmark.credential.pkix;

/**
 * Octets that are no certificate of the accepted form. The only thing certificate readers throw.
 */
public final class MalformedCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String part;
  private final String detail;

  /**
   * A refusal.
   *
   * @param part which part of the certificate, in the words of RFC 5280, such as {@code validity}
   * @param detail what is wrong with it, repeating no octets of the input
   */
  public MalformedCertificateException(String part, String detail) {
    super(part + ": " + detail);
    this.part = part;
    this.detail = detail;
  }

  /** Which part of the certificate. */
  public String part() {
    return part;
  }

  /** What is wrong with it. */
  public String detail() {
    return detail;
  }
}
