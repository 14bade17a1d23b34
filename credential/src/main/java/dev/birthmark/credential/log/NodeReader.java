package dev.birthmark.credential.log;

/**
 * Reads stored tree hashes. Only tile levels are stored: level 0 holds the leaf hashes (kept beside
 * the entries), level n ≥ 1 holds one hash for each 256^n leaves, which is what {@link
 * Growth#nodes()} says to store. That is 1 row in 255 above the leaves, each written once and never
 * changed, and every tile of the log is one range of them.
 */
@FunctionalInterface
public interface NodeReader {
  /**
   * The hashes {@code first} to {@code first + count - 1} of a level, one after the other.
   *
   * @param level 0..3
   * @param first index within the level
   * @param count 1..256; the range never crosses a multiple of 256
   * @return exactly {@code 32 * count} octets; all asked for exist, because only subtrees are read
   *     that are complete at a size that was given
   */
  byte[] read(int level, long first, int count);
}
