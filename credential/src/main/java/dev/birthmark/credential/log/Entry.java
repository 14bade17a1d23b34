package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the log records of one issuance: the certificate, what entitled it to exist, the facts of
 * the device and who asked. It is the audit record, so it says everything that the registry is
 * rebuilt from.
 *
 * @param certificate the certificate's DER, 1..16,384 octets
 * @param tenant whose device it is
 * @param warrant the order or the renewal
 * @param model of the device; empty is none, as for the next three
 * @param hardwareRevision of the device
 * @param lot of the device
 * @param profile that decided what the certificate says
 * @param party the authenticated caller
 * @param station the caller's own label; empty is none
 * @param issuedAt whole seconds, UTC, years 1950..9999
 * @param feedIncarnation how much of the tenant's feed the site had applied: the incarnation
 * @param feedNumber and the number in it
 */
public record Entry(
    Octets certificate,
    String tenant,
    Warrant warrant,
    String model,
    String hardwareRevision,
    String lot,
    String profile,
    String party,
    String station,
    Instant issuedAt,
    long feedIncarnation,
    long feedNumber) {
  /** Octets of the longest text: UTF-8. */
  public static final int MAX_TEXT = 255;

  /** Octets of the largest certificate: an ML-DSA-87 one has some 8,000. */
  public static final int MAX_CERTIFICATE = 16_384;

  /** Octets of the largest encoded entry: what the uint16 framing of bundles can carry. */
  public static final int MAX_LENGTH = 0xFFFF;

  /** Refuses what could not be encoded and read back the same. */
  public Entry {
    if (certificate.length() == 0 || certificate.length() > MAX_CERTIFICATE) {
      throw new IllegalArgumentException("certificate of " + certificate.length() + " octets");
    }
    BoundedText.check("tenant", tenant, 1, MAX_TEXT);
    BoundedText.check("model", model, 0, MAX_TEXT);
    BoundedText.check("hardwareRevision", hardwareRevision, 0, MAX_TEXT);
    BoundedText.check("lot", lot, 0, MAX_TEXT);
    BoundedText.check("profile", profile, 0, MAX_TEXT);
    BoundedText.check("party", party, 1, MAX_TEXT);
    BoundedText.check("station", station, 0, MAX_TEXT);
    if (!issuedAt.equals(issuedAt.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("issuedAt is in whole seconds");
    }
    if (feedIncarnation < 0 || feedNumber < 0) {
      throw new IllegalArgumentException("a feed position is not negative");
    }
  }

  /** The DER, as {@link #parse} reads it. At most {@link #MAX_LENGTH} octets. */
  public byte[] encode() {
    return EntryCodec.encode(this);
  }

  /**
   * Reads an entry; only its canonical DER is taken.
   *
   * @throws UnknownVersionException if it is of a version after ours: refuse the whole push
   * @throws MalformedException if it is not an entry: this one is denied as {@code bad-entry}
   */
  public static Entry parse(byte[] der) throws MalformedException, UnknownVersionException {
    return EntryCodec.parse(der);
  }
}
