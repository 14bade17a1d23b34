package dev.birthmark.credential.log;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.nio.charset.StandardCharsets;

/**
 * A key that signs notes as they are (C2SP signed-note, type 0x01): a log's, or the one that signs
 * feed heads.
 *
 * @param name for a log its origin
 * @param key an Ed25519 key
 */
public record NoteKey(String name, SubjectPublicKey key) {
  private static final byte TYPE = 0x01;

  /** Refuses other kinds of key. */
  public NoteKey {
    NoteKeys.check(name, key);
  }

  /** The key id: with the name it says who signed. */
  public int id() {
    return NoteKeys.id(name, TYPE, key);
  }

  /** The key in the form in which other tools take it: {@code name+id+base64}. */
  public String verifierKey() {
    return NoteKeys.verifierKey(name, TYPE, key);
  }

  /** Signs a text that ends with a newline. */
  public SignedNote sign(String text, KeyCustody custody) {
    byte[] signature = NoteKeys.sign(custody, key, text.getBytes(StandardCharsets.UTF_8));
    return SignedNote.of(text, new NoteSignature(name, id(), new Octets(signature)));
  }

  /** Whether this key signed the note: at least one line is this key's, and all of those hold. */
  public boolean signed(SignedNote note, SignatureVerifier verifier) {
    byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
    boolean signed = false;
    for (NoteSignature line : note.signaturesOf(name, id())) {
      if (!verifier.verify(key, SignatureAlgorithm.ED25519, text, line.signature().bytes())) {
        return false;
      }
      signed = true;
    }
    return signed;
  }
}
