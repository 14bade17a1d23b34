package dev.birthmark.identity.registry;

import dev.birthmark.credential.pkix.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's secret for tags: 32 random octets that only its replicas know, so that nobody
 * can search offline for a certificate whose tag collides with that of another.
 */
public final class TagKey {
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  /** From 32 octets. */
  public TagKey(byte[] secret) {
    if (secret.length != Sha256.LENGTH) {
      throw new IllegalArgumentException("tag key of " + secret.length + " octets, not 32");
    }
    this.key = new SecretKeySpec(secret, HMAC);
  }

  /** The tag of a certificate: first 32 bits of HMAC-SHA-256(key, its fingerprint). */
  public int tag(Sha256 fingerprint) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return ByteBuffer.wrap(mac.doFinal(fingerprint.bytes())).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "tag key";
  }
}
