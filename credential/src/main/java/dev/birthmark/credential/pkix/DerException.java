package dev.birthmark.credential.pkix;

/** Octets that are not the DER expected; each reader turns it into its own refusal. */
final class DerException extends Exception {
  private static final long serialVersionUID = 1L;

  DerException(String detail) {
    // No stack trace: strangers' octets are refused as fast as good ones are read.
    super(detail, null, false, false);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
