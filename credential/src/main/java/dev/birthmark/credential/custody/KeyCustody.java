package dev.birthmark.credential.custody;

import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The keeper of one private key: signs, and never shows the key. Implementations are safe for use
 * by several threads.
 */
public interface KeyCustody {

  /** What the key signs with. */
  SignatureAlgorithm algorithm();

  /** The public half. */
  SubjectPublicKey publicKey();

  /**
   * Signs one message (the message itself, not its hash).
   *
   * @throws KeyCustodyException if the key cannot be used now; nothing was signed
   */
  byte[] sign(byte[] message);

  /**
   * Signs each message, in order. All or nothing.
   *
   * @throws KeyCustodyException if the key cannot be used now
   */
  default List<byte[]> signAll(List<byte[]> messages) {
    List<byte[]> signatures = new ArrayList<>(messages.size());
    for (byte[] message : messages) {
      signatures.add(sign(message));
    }
    return signatures;
  }
}
