package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import java.util.Locale;

/** What a credential can be selected by, in the order of the names. */
public enum SelectorAttribute {
  /** An earlier change, {@code incarnation:number}: what a restore lifts. Matches no entry. */
  CHANGE("change"),
  /** The device id, in lower case. */
  DEVICE_ID("deviceId"),
  /** SHA-256 of the certificate, in hexadecimal. */
  FINGERPRINT("fingerprint"),
  /** The hardware revision. */
  HARDWARE_REVISION("hardwareRevision"),
  /** The issuer's subject key identifier: 20 octets, in hexadecimal. */
  ISSUER("issuer"),
  /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. */
  KEY("key"),
  /** The lot. */
  LOT("lot"),
  /** The model. */
  MODEL("model"),
  /** The production order's id. */
  ORDER("order"),
  /** The profile. */
  PROFILE("profile"),
  /** The certificate serial, in hexadecimal. */
  SERIAL("serial"),
  /** The site that issued. */
  SITE("site"),
  /** The station's label. */
  STATION("station");

  /** Octets of the longest value, as long as the longest text of an entry. */
  static final int MAX_VALUE = 255;

  private static final int SKI_DIGITS = 40;

  private final String text;

  SelectorAttribute(String text) {
    this.text = text;
  }

  /** Its name in JSON. */
  public String text() {
    return text;
  }

  /** The attribute with this name. */
  public static SelectorAttribute fromText(String text) throws MalformedException {
    for (SelectorAttribute attribute : values()) {
      if (attribute.text.equals(text)) {
        return attribute;
      }
    }
    throw new MalformedException("selector", "unknown attribute");
  }

  /** The one spelling of a value; {@link IllegalArgumentException} if it cannot be one. */
  String canonical(String value) {
    BoundedText.check(text, value, 1, MAX_VALUE);
    return switch (this) {
      case CHANGE -> position(value);
      case DEVICE_ID -> new DeviceId(value).canonical();
      case FINGERPRINT, KEY -> Sha256.fromHex(digits(value)).hex();
      case ISSUER -> keyIdentifier(digits(value));
      case SERIAL -> CertificateSerial.parse(value).hex();
      case HARDWARE_REVISION, LOT, MODEL, ORDER, PROFILE, SITE, STATION -> value;
    };
  }

  private static String position(String value) {
    try {
      return Position.parse(value).toString();
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String digits(String value) {
    return value.replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static String keyIdentifier(String digits) {
    if (digits.length() != SKI_DIGITS || !digits.matches("[0-9a-f]*")) {
      throw new IllegalArgumentException("issuer has 40 hexadecimal digits");
    }
    return digits;
  }
}
