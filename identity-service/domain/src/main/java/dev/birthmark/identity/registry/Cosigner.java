package dev.birthmark.identity.registry;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.SignedNote;
import java.time.Instant;

/** Cosigns checkpoints: as of a time this was the longest tree of the log that was seen here. */
public final class Cosigner {
  private final CosignerKey key;
  private final KeyCustody custody;

  /**
   * With the cosigner's key.
   *
   * @param name a schema-less URL, by which others know the cosigner
   * @param custody keeps an Ed25519 key
   */
  public Cosigner(String name, KeyCustody custody) {
    this.key = new CosignerKey(name, custody.publicKey());
    this.custody = custody;
  }

  /** The public half, with its name. */
  public CosignerKey key() {
    return key;
  }

  /** The note with the cosignature of this time, which is cut to seconds. */
  public String cosign(SignedNote checkpoint, Instant time) {
    return key.cosign(checkpoint, time, custody).toString();
  }
}
