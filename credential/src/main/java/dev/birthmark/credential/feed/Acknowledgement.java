package dev.birthmark.credential.feed;

import dev.birthmark.credential.pkix.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** That a consumer has a change: nobody can acknowledge what he was not sent. */
public final class Acknowledgement {
  private Acknowledgement() {}

  /** SHA-256(consumer name ‖ 0 ‖ DER of the change). */
  public static Sha256 proof(String consumer, byte[] changeDer) {
    MessageDigest digest = Sha256.digest();
    digest.update(consumer.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return new Sha256(digest.digest(changeDer));
  }
}
