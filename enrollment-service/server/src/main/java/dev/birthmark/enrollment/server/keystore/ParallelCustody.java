package dev.birthmark.enrollment.server.keystore;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.List;

/** Signs the members of a group on all processors; the domain starts no thread of its own. */
public final class ParallelCustody implements KeyCustody {

  /** Below so many signatures handing over costs more than it brings. */
  private static final int WORTH_SHARING = 8;

  private final KeyCustody custody;

  public ParallelCustody(KeyCustody custody) {
    this.custody = custody;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return custody.algorithm();
  }

  @Override
  public SubjectPublicKey publicKey() {
    return custody.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    return custody.sign(message);
  }

  @Override
  public List<byte[]> signAll(List<byte[]> messages) {
    return messages.size() < WORTH_SHARING
        ? custody.signAll(messages)
        : messages.parallelStream().map(custody::sign).toList();
  }
}
