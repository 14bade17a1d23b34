package dev.birthmark.credential.log;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A key that cosigns checkpoints, with the time (C2SP tlog-cosignature, cosignature/v1, type 0x04):
 * that as of then this was the largest consistent tree that the cosigner saw of the log.
 *
 * @param name of the cosigner, a schema-less URL
 * @param key an Ed25519 key; its other signatures never begin like a cosigned message
 */
public record CosignerKey(String name, SubjectPublicKey key) {
  private static final byte TYPE = 0x04;
  private static final int SIGNATURE_LENGTH = 64;
  private static final int LENGTH = Long.BYTES + SIGNATURE_LENGTH;

  /** Refuses other kinds of key. */
  public CosignerKey {
    NoteKeys.check(name, key);
  }

  /** The key id: with the name it says who cosigned. */
  public int id() {
    return NoteKeys.id(name, TYPE, key);
  }

  /** The key in the form in which other tools take it: {@code name+id+base64}. */
  public String verifierKey() {
    return NoteKeys.verifierKey(name, TYPE, key);
  }

  /** Adds this key's cosignature, in place of an earlier one, to a log's signed checkpoint. */
  public SignedNote cosign(SignedNote checkpoint, Instant time, KeyCustody custody) {
    long seconds = time.getEpochSecond();
    if (seconds < 0) {
      throw new IllegalArgumentException("a time after 1970");
    }
    byte[] signature = NoteKeys.sign(custody, key, message(checkpoint.text(), seconds));
    ByteBuffer stamped = ByteBuffer.allocate(LENGTH).putLong(seconds).put(signature);
    return checkpoint.with(new NoteSignature(name, id(), new Octets(stamped.array())));
  }

  /**
   * When this key cosigned the checkpoint: the latest time on its lines. Empty if there is none or
   * any of them does not hold.
   */
  public Optional<Instant> cosigned(SignedNote checkpoint, SignatureVerifier verifier) {
    Optional<Instant> latest = Optional.empty();
    for (NoteSignature line : checkpoint.signaturesOf(name, id())) {
      byte[] stamped = line.signature().bytes();
      if (stamped.length != LENGTH) {
        return Optional.empty();
      }
      long seconds = ByteBuffer.wrap(stamped).getLong();
      byte[] signature = Arrays.copyOfRange(stamped, Long.BYTES, LENGTH);
      if (seconds < 0
          || seconds > Instant.MAX.getEpochSecond()
          || !verifier.verify(
              key, SignatureAlgorithm.ED25519, message(checkpoint.text(), seconds), signature)) {
        return Optional.empty();
      }
      Instant time = Instant.ofEpochSecond(seconds);
      latest = latest.filter(other -> other.isAfter(time)).or(() -> Optional.of(time));
    }
    return latest;
  }

  private static byte[] message(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
