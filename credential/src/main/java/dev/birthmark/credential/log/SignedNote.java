package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text and its signatures (C2SP signed-note). Nothing in it is true until a known key has been
 * asked: {@link NoteKey#signed}, {@link CosignerKey#cosigned}.
 *
 * @param text ends with a newline
 * @param signatures in the order of their lines, 1..64
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** Octets of the largest note: the feed head of a tenant with thousands of logs. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_SIGNATURES = 64;
  private static final String BREAK = "\n\n";

  /** Refuses what could not be written and read back. */
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a note's text ends with a newline");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new IllegalArgumentException("a control character in a note");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to 64 signatures");
    }
  }

  static SignedNote of(String text, NoteSignature signature) {
    return new SignedNote(text, List.of(signature));
  }

  /** Reads UTF-8 octets. */
  public static SignedNote parse(byte[] utf8) throws MalformedException {
    if (utf8.length > MAX_LENGTH) {
      throw new MalformedException("note", "more than " + MAX_LENGTH + " octets");
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedException("note", "not UTF-8");
    }
  }

  /** Reads what {@link #toString()} writes. */
  public static SignedNote parse(String note) throws MalformedException {
    int end = note.lastIndexOf(BREAK);
    if (note.length() > MAX_LENGTH || end < 0 || !note.endsWith("\n")) {
      throw new MalformedException("note", "not a text, an empty line and signature lines");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    int from = end + BREAK.length();
    while (from < note.length()) {
      if (signatures.size() == MAX_SIGNATURES) {
        throw new MalformedException("note", "more than " + MAX_SIGNATURES + " signatures");
      }
      int newline = note.indexOf('\n', from);
      signatures.add(NoteSignature.parse(note.substring(from, newline)));
      from = newline + 1;
    }
    try {
      return new SignedNote(note.substring(0, end + 1), signatures);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("note", String.valueOf(e.getMessage()));
    }
  }

  /** The lines that say to be of this key. */
  List<NoteSignature> signaturesOf(String name, int keyId) {
    return signatures.stream()
        .filter(line -> line.keyId() == keyId && line.name().equals(name))
        .toList();
  }

  /** With this line at the end, in place of those of the same key. */
  SignedNote with(NoteSignature signature) {
    List<NoteSignature> lines = new ArrayList<>(signatures);
    lines.removeAll(signaturesOf(signature.name(), signature.keyId()));
    lines.add(signature);
    return new SignedNote(text, lines);
  }

  /** The note as it is sent. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(line -> note.append(line.line()).append('\n'));
    return note.toString();
  }

  /** The note as it is sent, in UTF-8. */
  public byte[] encode() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }
}
