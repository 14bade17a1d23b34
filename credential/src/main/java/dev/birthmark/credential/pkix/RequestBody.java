package dev.birthmark.credential.pkix;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Finds the one DER object in what was sent as a certification request, or says why it does not.
 */
final class RequestBody {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private RequestBody() {}

  static byte[] der(byte[] body) throws RequestRefusedException {
    if (body.length > CertificationRequest.MAX_OCTETS) {
      throw new RequestRefusedException(
          RequestRefusal.TOO_LARGE,
          "body",
          "it has " + body.length + " octets, more than " + CertificationRequest.MAX_OCTETS);
    }
    if (body.length == 0) {
      throw malformed("it is empty");
    }
    byte[] der = isUtf16(body) || isText(body) ? fromText(body) : body.clone();
    ExposedKey.refuseIn(der);
    return der;
  }

  private static byte[] fromText(byte[] body) throws RequestRefusedException {
    if (isUtf16(body)) {
      throw malformed("it is text in UTF-16; send ASCII or UTF-8");
    }
    int mark = hasUtf8Mark(body) ? 3 : 0;
    String text = new String(body, mark, body.length - mark, StandardCharsets.US_ASCII);
    if (text.isBlank()) {
      throw malformed("it is blank");
    }
    if (text.contains("PRIVATE KEY")) {
      throw ExposedKey.inPem(text);
    }
    return text.contains(BEGIN) ? fromPem(text) : fromBase64(text);
  }

  private static byte[] fromPem(String text) throws RequestRefusedException {
    int begin = text.indexOf(BEGIN);
    int another = text.indexOf(BEGIN, begin + 1);
    if (another >= 0) {
      throw malformed("it has several PEM objects; send exactly one request");
    }
    int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
    if (labelEnd < 0) {
      throw malformed("its PEM header does not end");
    }
    String label = text.substring(begin + BEGIN.length(), labelEnd);
    if (!label.equals("CERTIFICATE REQUEST") && !label.equals("NEW CERTIFICATE REQUEST")) {
      throw malformed("its PEM label is not CERTIFICATE REQUEST");
    }
    String footer = END + label + DASHES;
    int end = text.indexOf(footer, labelEnd);
    if (end < 0) {
      throw malformed("it has no line -----END " + label + "-----");
    }
    String after = text.substring(end + footer.length()).strip();
    if (!after.isEmpty()) {
      throw malformed("it has " + after.length() + " characters after the request");
    }
    return decode(text.substring(labelEnd + DASHES.length(), end));
  }

  private static byte[] fromBase64(String text) throws RequestRefusedException {
    byte[] der = decode(text);
    if (new String(der, StandardCharsets.US_ASCII).stripLeading().startsWith(BEGIN)) {
      throw malformed("it is base64 of PEM; send the PEM itself, or base64 of DER");
    }
    return der;
  }

  static byte[] decode(String base64) throws RequestRefusedException {
    StringBuilder digits = new StringBuilder(base64.length());
    for (int i = 0; i < base64.length(); i++) {
      char c = base64.charAt(i);
      if (c != '\r' && c != '\n' && c != ' ' && c != '\t') {
        digits.append(c);
      }
    }
    try {
      return Base64.getDecoder().decode(digits.toString());
    } catch (IllegalArgumentException e) {
      throw malformed("it is neither DER nor PEM nor base64");
    }
  }

  private static boolean isUtf16(byte[] body) {
    if (body.length < 2) {
      return false;
    }
    int first = body[0] & 0xff;
    int second = body[1] & 0xff;
    return (first == 0xff && second == 0xfe)
        || (first == 0xfe && second == 0xff)
        || (first == 0 && second != 0)
        || (second == 0 && (first == '-' || first == 'M'));
  }

  private static boolean hasUtf8Mark(byte[] body) {
    return body.length >= 3
        && (body[0] & 0xff) == 0xef
        && (body[1] & 0xff) == 0xbb
        && (body[2] & 0xff) == 0xbf;
  }

  /** A DER object begins with 0x30, which is a digit of base64 too: octets no text has decide. */
  private static boolean isText(byte[] body) {
    for (int i = hasUtf8Mark(body) ? 3 : 0; i < body.length; i++) {
      int octet = body[i];
      boolean blank = octet == '\r' || octet == '\n' || octet == '\t';
      if (!blank && (octet < 0x20 || octet == 0x7f)) {
        return body[0] != DerInput.SEQUENCE;
      }
    }
    return true;
  }

  private static RequestRefusedException malformed(String detail) {
    return new RequestRefusedException(RequestRefusal.MALFORMED, "body", detail);
  }
}
