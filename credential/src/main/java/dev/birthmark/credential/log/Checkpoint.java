package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.pkix.Sha256;

/**
 * A log's head at one size: the text that is signed (C2SP tlog-checkpoint). We write no extension
 * lines and take none.
 *
 * @param origin the log's name, the first line
 * @param size leaves in the tree, 0..2^32
 * @param root the RFC 6962 root at that size
 */
public record Checkpoint(String origin, long size, Sha256 root) {
  /** Refuses what no log of ours can have. */
  public Checkpoint {
    LogOrigin.check(origin);
    if (size < 0 || size > MerkleTree.MAX_SIZE) {
      throw new IllegalArgumentException("a log's size lies in 0..2^32: " + size);
    }
    if (size == 0 && !root.equals(MerkleTree.EMPTY_ROOT)) {
      throw new IllegalArgumentException("an empty log has the hash of nothing as its root");
    }
  }

  /** The log that this is a head of. */
  public LogId log() {
    return LogId.of(origin);
  }

  /** The three lines, each ended by a newline. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64Text.encode(root.bytes()) + "\n";
  }

  /** Reads the text of a note, exactly as {@link #text()} writes it. */
  public static Checkpoint parse(String text) throws MalformedException {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty()) {
      throw new MalformedException("checkpoint", "three lines, each ended by a newline");
    }
    long size = DecimalText.parse("checkpoint size", lines[1], MerkleTree.MAX_SIZE);
    byte[] root = Base64Text.decode("checkpoint root", lines[2]);
    try {
      return new Checkpoint(lines[0], size, new Sha256(root));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("checkpoint", String.valueOf(e.getMessage()));
    }
  }
}
