package dev.birthmark.credential.pkix;

import java.util.Arrays;

/**
 * A cursor over DER (X.690 §10): definite lengths in the shortest form, tags of one octet. It knows
 * nothing but tag and length, never copies, never recurses and never reads past its end; what it
 * cannot read it throws as {@link DerException}.
 */
final class DerInput {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int PRINTABLE_STRING = 0x13;
  static final int IA5_STRING = 0x16;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private final byte[] octets;
  private final int end;
  private int at;

  DerInput(byte[] octets) {
    this(octets, 0, octets.length);
  }

  private DerInput(byte[] octets, int from, int end) {
    this.octets = octets;
    this.at = from;
    this.end = end;
  }

  boolean atEnd() {
    return at == end;
  }

  /** Octets that remain. */
  int remaining() {
    return end - at;
  }

  /** Position in the outermost array, for {@link #since}. */
  int position() {
    return at;
  }

  /** Whether the next object has this tag. */
  boolean next(int tag) {
    return at < end && (octets[at] & 0xff) == tag;
  }

  /** A copy of the octets from a position up to here. */
  byte[] since(int position) {
    return Arrays.copyOfRange(octets, position, at);
  }

  /** A copy of all octets that remain. */
  byte[] rest() {
    return Arrays.copyOfRange(octets, at, end);
  }

  /** The octet at an offset from here, 0 to 255. */
  int octet(int offset) throws DerException {
    if (offset < 0 || offset >= end - at) {
      throw new DerException("ends too early");
    }
    return octets[at + offset] & 0xff;
  }

  /** Whether the octets that remain are exactly these. */
  boolean is(byte[] expected) {
    return Arrays.equals(octets, at, end, expected, 0, expected.length);
  }

  /** Consumes one object with this tag and returns a cursor over its content. */
  DerInput enter(int tag) throws DerException {
    if (at >= end) {
      throw new DerException("ends too early");
    }
    int found = octets[at] & 0xff;
    if (found != tag) {
      throw new DerException(String.format("has tag 0x%02x where 0x%02x belongs", found, tag));
    }
    return content();
  }

  /** Consumes one object of any tag and returns a copy of it whole. */
  byte[] element() throws DerException {
    int from = at;
    skip();
    return Arrays.copyOfRange(octets, from, at);
  }

  /** Consumes one object of any tag. */
  void skip() throws DerException {
    if (at >= end) {
      throw new DerException("ends too early");
    }
    if ((octets[at] & 0x1f) == 0x1f) {
      throw new DerException("has a tag of several octets");
    }
    content();
  }

  /** Consumes one object of any tag and returns a cursor over its content. */
  DerInput enterAny() throws DerException {
    int from = at;
    skip();
    DerInput again = new DerInput(octets, from, at);
    return again.content();
  }

  /** The tag of the next object, or -1 at the end. */
  int tag() {
    return at < end ? octets[at] & 0xff : -1;
  }

  /** Refuses whatever is left. */
  void end() throws DerException {
    if (at != end) {
      throw new DerException("has " + (end - at) + " octets too many");
    }
  }

  /** Consumes a BIT STRING of whole octets and returns a cursor over them. */
  DerInput bitOctets() throws DerException {
    DerInput bits = enter(BIT_STRING);
    if (bits.octet(0) != 0) {
      throw new DerException("is a bit string with unused bits");
    }
    bits.at++;
    return bits;
  }

  /** Consumes an INTEGER in its shortest form and returns its content octets, two's complement. */
  byte[] integer() throws DerException {
    DerInput content = enter(INTEGER);
    if (content.atEnd()) {
      throw new DerException("is an integer without octets");
    }
    int first = content.octet(0);
    if (content.remaining() > 1) {
      int second = content.octet(1);
      if ((first == 0 && second < 0x80) || (first == 0xff && second >= 0x80)) {
        throw new DerException("is an integer with more octets than it needs");
      }
    }
    return content.rest();
  }

  /** Consumes a BOOLEAN in DER. */
  boolean bool() throws DerException {
    DerInput content = enter(BOOLEAN);
    if (content.remaining() != 1 || (content.octet(0) != 0 && content.octet(0) != 0xff)) {
      throw new DerException("is a boolean that is neither 00 nor FF");
    }
    return content.octet(0) != 0;
  }

  /** Consumes an OBJECT IDENTIFIER and returns it in dotted form; each arc at most 63 bits. */
  String oid() throws DerException {
    DerInput content = enter(OID);
    if (content.atEnd() || content.remaining() > 64) {
      throw new DerException("is an object identifier of " + content.remaining() + " octets");
    }
    StringBuilder dotted = new StringBuilder();
    while (!content.atEnd()) {
      if (content.octet(0) == 0x80) {
        throw new DerException("is an object identifier with a padded arc");
      }
      long arc = 0;
      int octet;
      do {
        octet = content.octet(0);
        content.at++;
        if (arc > Long.MAX_VALUE >> 7) {
          throw new DerException("is an object identifier with an arc of more than 63 bits");
        }
        arc = arc << 7 | (octet & 0x7f);
      } while (octet >= 0x80);
      if (dotted.isEmpty()) {
        long root = Math.min(arc / 40, 2);
        dotted.append(root).append('.').append(arc - 40 * root);
      } else {
        dotted.append('.').append(arc);
      }
    }
    return dotted.toString();
  }

  private DerInput content() throws DerException {
    int head = at + 1;
    if (head >= end) {
      throw new DerException("ends too early");
    }
    int length = octets[head++] & 0xff;
    if (length >= 0x80) {
      int count = length & 0x7f;
      if (count == 0 || count > 3) {
        throw new DerException(count == 0 ? "has an indefinite length" : "is too long");
      }
      if (count > end - head) {
        throw new DerException("ends too early");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | (octets[head++] & 0xff);
      }
      if (length < 0x80 || length < 1 << (8 * (count - 1))) {
        throw new DerException("has a length with more octets than it needs");
      }
    }
    if (length > end - head) {
      throw new DerException("ends too early");
    }
    at = head + length;
    return new DerInput(octets, head, at);
  }
}
