package dev.birthmark.credential.pkix;

import java.util.Arrays;

/**
 * Writes DER from its end to its beginning, so that each length is known when it is written and
 * nothing is copied twice. Content first, then {@link #wrap} around it.
 */
final class DerOutput {
  private byte[] octets;
  private int at;

  DerOutput(int capacity) {
    octets = new byte[capacity];
    at = capacity;
  }

  /** How much has been written; what {@link #wrap} takes as the end of a content. */
  int written() {
    return octets.length - at;
  }

  /** Puts octets before everything written so far. */
  DerOutput put(byte[] more) {
    reserve(more.length);
    at -= more.length;
    System.arraycopy(more, 0, octets, at, more.length);
    return this;
  }

  /** Puts the characters of an ASCII text before everything written so far. */
  DerOutput put(String ascii) {
    int length = ascii.length();
    reserve(length);
    at -= length;
    for (int i = 0; i < length; i++) {
      octets[at + i] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Makes everything written since {@code end} the content of an object with this tag. */
  DerOutput wrap(int tag, int end) {
    int length = written() - end;
    reserve(5);
    if (length < 0x80) {
      octets[--at] = (byte) length;
    } else {
      int count = 0;
      for (int rest = length; rest != 0; rest >>>= 8) {
        octets[--at] = (byte) rest;
        count++;
      }
      octets[--at] = (byte) (0x80 | count);
    }
    octets[--at] = (byte) tag;
    return this;
  }

  /** Puts one object. */
  DerOutput put(int tag, byte[] content) {
    int end = written();
    return put(content).wrap(tag, end);
  }

  /** Puts one object whose content is ASCII. */
  DerOutput put(int tag, String ascii) {
    int end = written();
    return put(ascii).wrap(tag, end);
  }

  byte[] toByteArray() {
    return Arrays.copyOfRange(octets, at, octets.length);
  }

  private void reserve(int more) {
    if (at < more) {
      int used = written();
      byte[] larger = new byte[2 * (used + more) + 64];
      System.arraycopy(octets, at, larger, larger.length - used, used);
      octets = larger;
      at = larger.length - used;
    }
  }
}
