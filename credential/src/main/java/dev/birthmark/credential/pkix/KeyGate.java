package dev.birthmark.credential.pkix;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Refuses public keys that a certificate must not be made for: of a kind that is not allowed, on
 * the list of blocked keys, or RSA whose factors can be found. The work is bounded by the size that
 * {@link SubjectPublicKey} allows. Safe for use by several threads.
 */
public final class KeyGate {
  private final Set<KeyAlgorithm> allowed;
  private final Predicate<Sha256> blocked;

  /**
   * A gate.
   *
   * @param allowed the kinds of key to let pass
   * @param blocked whether the key with this hash of its encoding is known to be in wrong hands
   */
  public KeyGate(Set<KeyAlgorithm> allowed, Predicate<Sha256> blocked) {
    if (allowed.isEmpty()) {
      throw new IllegalArgumentException("a key gate that lets no kind of key pass");
    }
    this.allowed = EnumSet.copyOf(allowed);
    this.blocked = blocked;
  }

  /** Returns if the key may pass. */
  public void check(SubjectPublicKey key) throws KeyRefusedException {
    if (!allowed.contains(key.algorithm())) {
      String kinds = allowed.stream().map(KeyAlgorithm::label).collect(Collectors.joining(", "));
      throw new KeyRefusedException(
          KeyRefusal.ALGORITHM,
          "a key of type " + key.algorithm().label() + "; allowed are " + kinds);
    }
    if (blocked.test(key.hash())) {
      throw new KeyRefusedException(KeyRefusal.BLOCKED, "the key is on the list of blocked keys");
    }
    if (key.algorithm() == KeyAlgorithm.RSA) {
      BigInteger modulus = RsaKey.of(key).modulus();
      if (WeakRsa.hasSmallFactor(modulus)) {
        throw weak("the RSA modulus has a small prime factor");
      }
      if (WeakRsa.hasRocaFingerprint(modulus)) {
        throw weak("the RSA modulus has the form of a flawed generator (ROCA, CVE-2017-15361)");
      }
      if (WeakRsa.hasCloseFactors(modulus)) {
        throw weak("the prime factors of the RSA modulus are too close (Fermat)");
      }
    }
  }

  private static KeyRefusedException weak(String detail) {
    return new KeyRefusedException(KeyRefusal.WEAK, detail);
  }
}
