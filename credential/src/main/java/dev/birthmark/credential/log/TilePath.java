package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;

/**
 * Where a tile stands below a log's prefix (C2SP tlog-tiles): {@code tile/0/x001/234.p/5}, {@code
 * tile/entries/000}.
 */
public sealed interface TilePath {
  /** Hashes or entries of a full tile. */
  int FULL = 256;

  /** The highest index of a tile of a log of at most 2^32 entries. */
  long MAX_INDEX = MerkleTree.MAX_SIZE / FULL - 1;

  /** Index of the tile within its level. */
  long index();

  /** How many hashes or entries: 256, or 1..255 of a tile that is still growing. */
  int width();

  /** The path, as {@link #parse} reads it. */
  String text();

  /** Whether a log of that size has it, in that width at least. */
  boolean existsAt(long size);

  /** Index, within the level, of the tile's first hash or entry. */
  default long first() {
    return index() * FULL;
  }

  /**
   * A tile of hashes.
   *
   * @param level 0 for leaf hashes, up to 63
   * @param index within the level
   * @param width 1..256
   */
  record Hashes(int level, long index, int width) implements TilePath {
    private static final int MAX_LEVEL = 63;

    /** Levels of a log of 2^32 entries. */
    private static final int LEVELS = 5;

    /** Refuses what the format has no path for. */
    public Hashes {
      if (level < 0 || level > MAX_LEVEL) {
        throw new IllegalArgumentException("a level is 0..63");
      }
      TileText.check(index, width);
    }

    @Override
    public String text() {
      return "tile/" + level + "/" + TileText.write(index, width);
    }

    @Override
    public boolean existsAt(long size) {
      return level < LEVELS && first() + width <= size >>> (8 * level);
    }
  }

  /**
   * A tile of entries.
   *
   * @param index counted in 256 entries
   * @param width 1..256
   */
  record Entries(long index, int width) implements TilePath {
    /** Refuses what the format has no path for. */
    public Entries {
      TileText.check(index, width);
    }

    @Override
    public String text() {
      return "tile/entries/" + TileText.write(index, width);
    }

    @Override
    public boolean existsAt(long size) {
      return first() + width <= size;
    }
  }

  /** Reads a path from {@code tile/} on, in its one spelling. */
  static TilePath parse(String path) throws MalformedException {
    String[] parts = path.split("/", 3);
    if (parts.length != 3 || !parts[0].equals("tile")) {
      throw new MalformedException("tile", "not tile/LEVEL/INDEX");
    }
    int width = TileText.width(parts[2]);
    long index = TileText.index(parts[2], width);
    TilePath tile =
        parts[1].equals("entries")
            ? new Entries(index, width)
            : new Hashes(
                (int) DecimalText.parse("tile level", parts[1], Hashes.MAX_LEVEL), index, width);
    if (!tile.text().equals(path)) {
      throw new MalformedException("tile", "path in another spelling");
    }
    return tile;
  }
}
