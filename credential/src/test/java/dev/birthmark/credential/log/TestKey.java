package dev.birthmark.credential.log;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** A real key in memory. */
public final class TestKey implements KeyCustody {
  /** What checks its signatures. */
  public static final SignatureVerifier VERIFIER =
      new JcaSignatureVerifier(Providers.withoutNative());

  private final KeyPair pair;
  private final SignatureAlgorithm algorithm;
  private final SubjectPublicKey key;

  private TestKey(KeyPair pair) {
    this.pair = pair;
    try {
      key = SubjectPublicKey.parse(pair.getPublic().getEncoded());
    } catch (KeyRefusedException e) {
      throw new AssertionError(e);
    }
    algorithm = SignatureAlgorithm.usualFor(key.algorithm());
  }

  /** A new key of the algorithm with this JCA name: {@code Ed25519}, {@code EC}. */
  public static TestKey generate(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(256);
      }
      return new TestKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Both halves. */
  public KeyPair pair() {
    return pair;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public SubjectPublicKey publicKey() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm.jcaName());
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
