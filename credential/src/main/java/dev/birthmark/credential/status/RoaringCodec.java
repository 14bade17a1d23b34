package dev.birthmark.credential.status;

import dev.birthmark.credential.encoding.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.roaringbitmap.ContainerPointer;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RunContainer;

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
    // What the library reads it trusts, and writes again as it was: order and counts are checked
    // first, then the choice of forms, the offsets and what stands behind.
    if (!isSound(bitmap) || !Arrays.equals(octets, encode(bitmap))) {
      throw new MalformedException("bitmap", "not in canonical form");
    }
    return bitmap;
  }

  private static boolean isSound(RoaringBitmap bitmap) {
    if (!bitmap.validate()) {
      return false;
    }
    ContainerPointer pointer = bitmap.getContainerPointer();
    while (pointer.getContainer() != null) {
      if (pointer.getContainer() instanceof RunContainer runs && !isApart(runs)) {
        return false;
      }
      pointer.advance();
    }
    return true;
  }

  /** Whether each run begins at least one value after the end of the run before it. */
  private static boolean isApart(RunContainer runs) {
    int end = -2;
    for (int i = 0; i < runs.numberOfRuns(); i++) {
      if (runs.getValue(i) <= end + 1) {
        return false;
      }
      end = runs.getValue(i) + runs.getLength(i);
    }
    return end < PlanePage.BITS;
  }
}
