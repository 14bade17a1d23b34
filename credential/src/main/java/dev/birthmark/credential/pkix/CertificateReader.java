package dev.birthmark.credential.pkix;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;

/**
 * Reads the outer form of a version 3 certificate (RFC 5280 §4.1) in one pass. It shares no code
 * with {@link CertificateTemplate}, so that it can check what was issued, and takes octets of
 * strangers: bounded, without recursion, and one exception for all that can be wrong.
 */
final class CertificateReader {

  /** Longest certificate that is looked at, in octets; an ML-DSA-87 one has some 8,000. */
  static final int MAX_OCTETS = 65_536;

  private CertificateReader() {}

  /** What a certificate says, undecided whether any of it is acceptable. */
  record Fields(
      byte[] der,
      byte[] tbs,
      CertificateSerial serial,
      byte[] signatureIdentifier,
      byte[] issuer,
      Instant notBefore,
      Instant notAfter,
      byte[] subject,
      SubjectPublicKey publicKey,
      CertificateExtensions extensions,
      byte[] signature,
      Sha256 fingerprint) {}

  static Fields read(byte[] certificate) throws MalformedCertificateException {
    if (certificate.length > MAX_OCTETS) {
      throw new MalformedCertificateException(
          "certificate", "has " + certificate.length + " octets, more than " + MAX_OCTETS);
    }
    byte[] der = certificate.clone();
    String part = "certificate";
    try {
      DerInput input = new DerInput(der);
      DerInput outer = input.enter(DerInput.SEQUENCE);
      input.end();
      int tbsFrom = outer.position();
      part = "tbsCertificate";
      DerInput body = outer.enter(DerInput.SEQUENCE);
      byte[] tbs = outer.since(tbsFrom);
      part = "signatureAlgorithm";
      byte[] outerIdentifier = algorithmIdentifier(outer);
      part = "signatureValue";
      byte[] signature = outer.bitOctets().rest();
      outer.end();

      part = "version";
      readVersion(body);
      part = "serialNumber";
      CertificateSerial serial = new CertificateSerial(positive(body.integer()));
      part = "signature";
      byte[] innerIdentifier = algorithmIdentifier(body);
      if (!Arrays.equals(innerIdentifier, outerIdentifier)) {
        throw new DerException("names another algorithm than signatureAlgorithm");
      }
      part = "issuer";
      byte[] issuer = name(body);
      part = "validity";
      DerInput validity = body.enter(DerInput.SEQUENCE);
      Instant notBefore = time(validity);
      Instant notAfter = time(validity);
      validity.end();
      part = "subject";
      byte[] subject = name(body);
      part = "subjectPublicKeyInfo";
      int keyFrom = body.position();
      body.enter(DerInput.SEQUENCE);
      SubjectPublicKey key = SubjectPublicKey.parse(body.since(keyFrom));
      part = "uniqueIdentifier";
      for (int tag = 0x81; tag <= 0x82; tag++) {
        if (body.next(tag)) {
          body.skip();
        }
      }
      part = "extensions";
      CertificateExtensions extensions =
          body.atEnd() ? CertificateExtensions.NONE : CertificateExtensions.read(body.enter(0xa3));
      body.end();
      return new Fields(
          der,
          tbs,
          serial,
          outerIdentifier,
          issuer,
          notBefore,
          notAfter,
          subject,
          key,
          extensions,
          signature,
          Sha256.of(der));
    } catch (DerException e) {
      throw new MalformedCertificateException(part, e.detail());
    } catch (KeyRefusedException e) {
      throw new MalformedCertificateException(part, e.detail());
    }
  }

  private static void readVersion(DerInput body) throws DerException {
    if (!body.next(0xa0)) {
      throw new DerException("is 1; only version 3 is accepted");
    }
    DerInput tagged = body.enter(0xa0);
    byte[] version = tagged.integer();
    tagged.end();
    if (version.length != 1 || version[0] != 2) {
      boolean known = version.length == 1 && version[0] >= 0 && version[0] <= 1;
      throw new DerException(
          "is " + (known ? version[0] + 1 : "unknown") + "; only version 3 is accepted");
    }
  }

  private static BigInteger positive(byte[] number) throws DerException {
    if (number.length > 20) {
      throw new DerException("has " + number.length + " octets, more than 20");
    }
    BigInteger value = new BigInteger(number);
    if (value.signum() <= 0) {
      throw new DerException("is not positive");
    }
    return value;
  }

  private static byte[] algorithmIdentifier(DerInput from) throws DerException {
    int start = from.position();
    DerInput identifier = from.enter(DerInput.SEQUENCE);
    identifier.oid();
    if (!identifier.atEnd()) {
      identifier.skip();
    }
    identifier.end();
    return from.since(start);
  }

  /** A Name, checked in form only, since foreign certification authorities write many things. */
  private static byte[] name(DerInput from) throws DerException {
    int start = from.position();
    DerInput names = from.enter(DerInput.SEQUENCE);
    while (!names.atEnd()) {
      DerInput relative = names.enter(DerInput.SET);
      do {
        DerInput attribute = relative.enter(DerInput.SEQUENCE);
        attribute.enter(DerInput.OID);
        attribute.skip();
        attribute.end();
      } while (!relative.atEnd());
    }
    return from.since(start);
  }

  /**
   * RFC 5280 §4.1.2.5: UTCTime up to 2049 and GeneralizedTime from 2050, both with seconds, in UTC
   * written Z, without fraction, on a day that the calendar has.
   */
  private static Instant time(DerInput from) throws DerException {
    boolean utc = from.next(DerInput.UTC_TIME);
    DerInput text = from.enter(utc ? DerInput.UTC_TIME : DerInput.GENERALIZED_TIME);
    int length = utc ? 13 : 15;
    if (text.remaining() != length || text.octet(length - 1) != 'Z') {
      throw new DerException(
          "has a date that is not " + (utc ? "YYMMDDHHMMSSZ" : "YYYYMMDDHHMMSSZ"));
    }
    int year;
    int at;
    if (utc) {
      int ofCentury = digits(text, 0);
      year = ofCentury + (ofCentury < 50 ? 2000 : 1900);
      at = 2;
    } else {
      year = 100 * digits(text, 0) + digits(text, 2);
      at = 4;
      if (year < 2050) {
        throw new DerException("has a GeneralizedTime before 2050");
      }
    }
    int month = digits(text, at);
    int day = digits(text, at + 2);
    int hour = digits(text, at + 4);
    int minute = digits(text, at + 6);
    int second = digits(text, at + 8);
    if (month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      throw new DerException("has a date that the calendar does not have");
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DerException("has a time of day that does not exist");
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(days * 86_400 + hour * 3600L + minute * 60L + second);
  }

  private static int digits(DerInput text, int at) throws DerException {
    int tens = text.octet(at) - '0';
    int ones = text.octet(at + 1) - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
      throw new DerException("has a date with other characters than digits");
    }
    return 10 * tens + ones;
  }
}
