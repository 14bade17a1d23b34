package dev.birthmark.credential.status;

import dev.birthmark.credential.encoding.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * One spelling for a bitmap: the portable Roaring format after {@code runOptimize}, which chooses
 * for each block of 65,536 the smallest of its three forms.
 */
final class RoaringCodec {
  /**
   * A cookie with the run flag, the size, 65,536 descriptions of 4 octets, offsets, full blocks.
   */
  static final int MAX_LENGTH = 64 << 20;

  private RoaringCodec() {}

  static byte[] encode(RoaringBitmap bitmap) {
    RoaringBitmap compact = bitmap.clone();
    compact.runOptimize();
    ByteBuffer buffer = ByteBuffer.allocate(compact.serializedSizeInBytes());
    compact.serialize(buffer);
    return buffer.array();
  }

  static RoaringBitmap decode(byte[] octets) throws MalformedException {
    if (octets.length > MAX_LENGTH) {
      throw new MalformedException("bitmap", octets.length + " octets");
    }
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(ByteBuffer.wrap(octets));
    } catch (IOException | RuntimeException e) {
      throw new MalformedException("bitmap", "not in the portable Roaring format");
    }
    // Encoding it anew finds unsorted keys, wrong counts, overlapping runs and trailing octets.
    if (!Arrays.equals(octets, encode(bitmap))) {
      throw new MalformedException("bitmap", "not in canonical form");
    }
    return bitmap;
  }
}
