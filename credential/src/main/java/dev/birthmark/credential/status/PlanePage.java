package dev.birthmark.credential.status;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.roaringbitmap.Container;

/**
 * 65,536 bits of a plane: what is stored, loaded and replaced as one. Immutable. As octets, bit
 * {@code i} is bit {@code i mod 8} (the lowest is 0) of octet {@code i div 8}.
 */
public final class PlanePage {
  /** Bits of a page. */
  public static final int BITS = 1 << 16;

  /** Octets of a stored page. */
  public static final int LENGTH = BITS / 8;

  private static final int WORDS = BITS / Long.SIZE;

  /** The page without a bit. */
  public static final PlanePage EMPTY = new PlanePage(new long[WORDS]);

  private final long[] words;

  private PlanePage(long[] words) {
    this.words = words;
  }

  /** Reads a stored page of exactly 8,192 octets. */
  public static PlanePage decode(byte[] octets) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException("a page of " + octets.length + " octets");
    }
    long[] words = new long[WORDS];
    ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return new PlanePage(words);
  }

  /** The page as it is stored: 8,192 octets. */
  public byte[] encode() {
    ByteBuffer octets = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    octets.asLongBuffer().put(words);
    return octets.array();
  }

  /** Whether the bit is set; {@code bit} is 0..65,535. */
  public boolean get(int bit) {
    return (words[bit >>> 6] & (1L << bit)) != 0;
  }

  /** How many bits are set. */
  public int cardinality() {
    int sum = 0;
    for (long word : words) {
      sum += Long.bitCount(word);
    }
    return sum;
  }

  /** With these bits set too. */
  PlanePage with(Container bits) {
    long[] result = words.clone();
    if (bits.getCardinality() < WORDS) {
      bits.forEach((char) 0, bit -> result[bit >>> 6] |= 1L << bit);
    } else {
      LongBuffer mask = bits.toBitmapContainer().toLongBuffer();
      for (int i = 0; i < WORDS; i++) {
        result[i] |= mask.get(i);
      }
    }
    return new PlanePage(result);
  }

  /** With these bits cleared. */
  PlanePage without(Container bits) {
    long[] result = words.clone();
    if (bits.getCardinality() < WORDS) {
      bits.forEach((char) 0, bit -> result[bit >>> 6] &= ~(1L << bit));
    } else {
      LongBuffer mask = bits.toBitmapContainer().toLongBuffer();
      for (int i = 0; i < WORDS; i++) {
        result[i] &= ~mask.get(i);
      }
    }
    return new PlanePage(result);
  }

  long word(int i) {
    return words[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlanePage that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return cardinality() + " of " + BITS;
  }
}
