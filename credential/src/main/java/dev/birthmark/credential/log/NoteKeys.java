package dev.birthmark.credential.log;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What the two kinds of note key have in common (C2SP signed-note). */
final class NoteKeys {
  private static final int ED25519_LENGTH = 32;
  private static final int MAX_NAME = 512;

  private NoteKeys() {}

  /** A name is not empty and has neither blanks, control characters nor a plus sign. */
  static String checkName(String name) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || !name.codePoints().allMatch(NoteKeys::named)) {
      throw new IllegalArgumentException("not a key name");
    }
    return name;
  }

  private static boolean named(int c) {
    return c != '+'
        && !Character.isSpaceChar(c)
        && !Character.isWhitespace(c)
        && !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE;
  }

  static void check(String name, SubjectPublicKey key) {
    checkName(name);
    if (key.algorithm() != KeyAlgorithm.ED25519) {
      throw new IllegalArgumentException("notes are signed with Ed25519");
    }
  }

  /** SHA-256(name ‖ newline ‖ type ‖ key), the first four octets. */
  static int id(String name, byte type, SubjectPublicKey key) {
    byte[] utf8 = (name + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer input =
        ByteBuffer.allocate(utf8.length + 1 + ED25519_LENGTH).put(utf8).put(type).put(raw(key));
    return ByteBuffer.wrap(Sha256.of(input.array()).bytes()).getInt();
  }

  /** {@code name+id+base64(type ‖ key)}, as other tools are told of a key. */
  static String verifierKey(String name, byte type, SubjectPublicKey key) {
    byte[] typed = ByteBuffer.allocate(1 + ED25519_LENGTH).put(type).put(raw(key)).array();
    return name
        + "+"
        + HexFormat.of().toHexDigits(id(name, type, key))
        + "+"
        + Base64Text.encode(typed);
  }

  static byte[] sign(KeyCustody custody, SubjectPublicKey key, byte[] message) {
    if (custody.algorithm() != SignatureAlgorithm.ED25519 || !custody.publicKey().equals(key)) {
      throw new IllegalArgumentException("the custody keeps another key");
    }
    return custody.sign(message);
  }

  /** The 32 octets of RFC 8032, with which the one encoding of an Ed25519 key ends. */
  private static byte[] raw(SubjectPublicKey key) {
    byte[] der = key.der();
    return Arrays.copyOfRange(der, der.length - ED25519_LENGTH, der.length);
  }
}
