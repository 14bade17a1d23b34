package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature line of a note.
 *
 * @param name of the key
 * @param keyId the four octets that, with the name, say which key and algorithm
 * @param signature what the algorithm makes of it, 1..8,192 octets
 */
public record NoteSignature(String name, int keyId, Octets signature) {
  private static final int ID_LENGTH = 4;
  private static final int MAX_SIGNATURE = 8192;

  /** An em dash and a space, which begin the line. */
  static final String DASH = "\u2014 ";

  /** Refuses a name that could not be read back. */
  public NoteSignature {
    NoteKeys.checkName(name);
    if (signature.length() < 1 || signature.length() > MAX_SIGNATURE) {
      throw new IllegalArgumentException("a signature of " + signature.length() + " octets");
    }
  }

  /** The line without its newline. */
  String line() {
    byte[] octets = signature.bytes();
    ByteBuffer buffer = ByteBuffer.allocate(ID_LENGTH + octets.length).putInt(keyId).put(octets);
    return DASH + name + " " + Base64Text.encode(buffer.array());
  }

  static NoteSignature parse(String line) throws MalformedException {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new MalformedException("signature", "not a dash, a name and base64");
    }
    byte[] octets = Base64Text.decode("signature", line.substring(space + 1));
    if (octets.length <= ID_LENGTH) {
      throw new MalformedException("signature", octets.length + " octets");
    }
    try {
      return new NoteSignature(
          line.substring(DASH.length(), space),
          ByteBuffer.wrap(octets).getInt(),
          new Octets(Arrays.copyOfRange(octets, ID_LENGTH, octets.length)));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("signature", String.valueOf(e.getMessage()));
    }
  }
}
