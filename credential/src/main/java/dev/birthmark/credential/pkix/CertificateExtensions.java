package dev.birthmark.credential.pkix;

import dev.birthmark.credential.encoding.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a certificate that mean something here (RFC 5280 §4.2.1); of the others only
 * the first critical one is remembered, because a certificate with one must not be accepted.
 *
 * @param keyUsage the bits of keyUsage, bit 0 (digitalSignature) the highest of 16; empty = absent
 * @param extendedKeyUsages purposes in dotted form; empty list = absent
 * @param certificateAuthority cA of basicConstraints; false if absent
 * @param pathLength pathLenConstraint of basicConstraints
 * @param uris URIs of subjectAltName, in order
 * @param unhandledCritical the OID of a critical extension that is not understood
 */
record CertificateExtensions(
    Optional<Octets> authorityKeyIdentifier,
    Optional<Octets> subjectKeyIdentifier,
    OptionalInt keyUsage,
    List<String> extendedKeyUsages,
    boolean certificateAuthority,
    OptionalInt pathLength,
    List<String> uris,
    Optional<String> unhandledCritical) {

  static final int DIGITAL_SIGNATURE = 0x8000;
  static final int KEY_CERT_SIGN = 0x0400;

  static final CertificateExtensions NONE = new Collector().done();

  /** More extensions than any certificate has. */
  private static final int MAX_EXTENSIONS = 64;

  /** Reads the content of the [3] tag. */
  static CertificateExtensions read(DerInput tagged) throws DerException {
    DerInput list = tagged.enter(DerInput.SEQUENCE);
    tagged.end();
    if (list.atEnd()) {
      throw new DerException("is empty");
    }
    Collector collector = new Collector();
    while (!list.atEnd()) {
      DerInput extension = list.enter(DerInput.SEQUENCE);
      String oid = extension.oid();
      boolean critical = false;
      if (extension.next(DerInput.BOOLEAN)) {
        critical = extension.bool();
        if (!critical) {
          throw new DerException("writes out the default of critical for " + oid);
        }
      }
      DerInput value = extension.enter(DerInput.OCTET_STRING);
      extension.end();
      collector.add(oid, critical, value);
    }
    return collector.done();
  }

  private static final class Collector {
    private final List<String> seen = new ArrayList<>();
    private final List<String> purposes = new ArrayList<>();
    private final List<String> uris = new ArrayList<>();
    private @Nullable Octets authorityKeyIdentifier;
    private @Nullable Octets subjectKeyIdentifier;
    private OptionalInt keyUsage = OptionalInt.empty();
    private boolean certificateAuthority;
    private OptionalInt pathLength = OptionalInt.empty();
    private @Nullable String unhandledCritical;

    void add(String oid, boolean critical, DerInput value) throws DerException {
      if (seen.contains(oid)) {
        throw new DerException("has " + oid + " twice");
      }
      if (seen.size() == MAX_EXTENSIONS) {
        throw new DerException("has more than " + MAX_EXTENSIONS + " members");
      }
      seen.add(oid);
      try {
        switch (oid) {
          case "2.5.29.35" -> readAuthorityKeyIdentifier(value.enter(DerInput.SEQUENCE));
          case "2.5.29.14" ->
              subjectKeyIdentifier = keyIdentifier(value.enter(DerInput.OCTET_STRING));
          case "2.5.29.15" -> keyUsage = OptionalInt.of(readKeyUsage(value));
          case "2.5.29.37" -> readPurposes(value.enter(DerInput.SEQUENCE));
          case "2.5.29.19" -> readBasicConstraints(value.enter(DerInput.SEQUENCE));
          case "2.5.29.17" -> readAlternativeNames(value.enter(DerInput.SEQUENCE));
          default -> {
            // CRL distribution points, authority information access, policies and all others: what
            // they say has no part in a decision, unless their issuer insists.
            if (critical && unhandledCritical == null) {
              unhandledCritical = oid;
            }
            return;
          }
        }
        value.end();
      } catch (DerException e) {
        throw new DerException("has a value of " + oid + " that " + e.detail());
      }
    }

    CertificateExtensions done() {
      return new CertificateExtensions(
          Optional.ofNullable(authorityKeyIdentifier),
          Optional.ofNullable(subjectKeyIdentifier),
          keyUsage,
          List.copyOf(purposes),
          certificateAuthority,
          pathLength,
          List.copyOf(uris),
          Optional.ofNullable(unhandledCritical));
    }

    private void readAuthorityKeyIdentifier(DerInput value) throws DerException {
      while (!value.atEnd()) {
        if (value.next(0x80)) {
          authorityKeyIdentifier = keyIdentifier(value.enter(0x80));
        } else {
          value.skip();
        }
      }
    }

    private static Octets keyIdentifier(DerInput value) throws DerException {
      if (value.atEnd() || value.remaining() > 64) {
        throw new DerException("has a key identifier of " + value.remaining() + " octets");
      }
      return new Octets(value.rest());
    }

    private static int readKeyUsage(DerInput value) throws DerException {
      DerInput bits = value.enter(DerInput.BIT_STRING);
      int unused = bits.octet(0);
      int count = bits.remaining() - 1;
      if (count < 1 || count > 2 || unused > 7) {
        throw new DerException("is no bit string of 1 to 16 bits");
      }
      int usage = bits.octet(1) << 8 | (count == 2 ? bits.octet(2) : 0);
      int last = bits.octet(count);
      if ((last & ((1 << unused) - 1)) != 0) {
        throw new DerException("has unused bits that are set");
      }
      return usage;
    }

    private void readPurposes(DerInput value) throws DerException {
      do {
        purposes.add(value.oid());
      } while (!value.atEnd());
    }

    private void readBasicConstraints(DerInput value) throws DerException {
      if (value.next(DerInput.BOOLEAN)) {
        certificateAuthority = value.bool();
      }
      if (value.next(DerInput.INTEGER)) {
        byte[] length = value.integer();
        if (length.length > 2 || length[0] < 0) {
          throw new DerException("has an impossible path length");
        }
        pathLength =
            OptionalInt.of(length.length == 1 ? length[0] : length[0] << 8 | (length[1] & 0xff));
      }
      value.end();
    }

    private void readAlternativeNames(DerInput value) throws DerException {
      do {
        if (!value.next(0x86)) {
          value.skip();
          continue;
        }
        byte[] uri = value.enter(0x86).rest();
        for (byte octet : uri) {
          if (octet <= 0x20 || octet == 0x7f) {
            throw new DerException("has a URI with other characters than visible ASCII");
          }
        }
        uris.add(new String(uri, StandardCharsets.US_ASCII));
      } while (!value.atEnd());
    }
  }
}
