package dev.birthmark.credential.encoding;

/**
 * Counts brackets before a parser follows them: a library that descends by recursion must not be
 * given thousands. Looks at definite lengths only, because DER has no others.
 */
final class DerDepth {
  private static final int CONSTRUCTED = 0x20;

  private DerDepth() {}

  static void check(String record, byte[] der, int most) throws MalformedException {
    int[] ends = new int[most];
    int depth = 0;
    int at = 0;
    while (at < der.length) {
      while (depth > 0 && at >= ends[depth - 1]) {
        depth--;
      }
      int tag = der[at++];
      if ((tag & 0x1F) == 0x1F) {
        throw new MalformedException(record, "a tag number above 30");
      }
      if (at == der.length) {
        throw new MalformedException(record, "cut short");
      }
      int length = der[at++] & 0xFF;
      if (length >= 0x80) {
        int octets = length & 0x7F;
        if (octets == 0 || octets > 4 || octets > der.length - at) {
          throw new MalformedException(record, "a length that is not DER");
        }
        length = 0;
        while (octets-- > 0) {
          length = (length << 8) | (der[at++] & 0xFF);
        }
      }
      if (length < 0 || length > der.length - at) {
        throw new MalformedException(record, "cut short");
      }
      if ((tag & CONSTRUCTED) == 0) {
        at += length;
      } else if (depth == most) {
        throw new MalformedException(record, "nested too deep");
      } else {
        ends[depth++] = at + length;
      }
    }
  }
}
