package dev.birthmark.credential.custody;

import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A private key in this process's memory. It signs, and {@link KeyFiles} stores it; nothing else
 * can be done with it.
 */
public final class SoftwareKey implements KeyCustody {
  private final PrivateKey privateKey;
  private final SubjectPublicKey publicKey;
  private final SignatureAlgorithm algorithm;
  private final Providers providers;

  private SoftwareKey(
      PrivateKey privateKey,
      SubjectPublicKey publicKey,
      SignatureAlgorithm algorithm,
      Providers providers) {
    if (!algorithm.fits(publicKey.algorithm())) {
      throw new KeyCustodyException(algorithm + " does not fit " + publicKey.algorithm().label());
    }
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.algorithm = algorithm;
    this.providers = providers;
  }

  /**
   * Makes a key; RSA keys have 3,072 bits.
   *
   * @param random a cryptographically secure generator
   */
  public static SoftwareKey generate(
      SignatureAlgorithm algorithm, Providers providers, SecureRandom random) {
    try {
      KeyPair pair = generator(keyKind(algorithm), providers, random).generateKeyPair();
      return of(pair.getPrivate(), pair.getPublic(), algorithm, providers);
    } catch (GeneralSecurityException e) {
      throw new KeyCustodyException("a key for " + algorithm + " cannot be made", e);
    }
  }

  /** Takes a private key that this process already holds, with its public half. */
  static SoftwareKey of(
      PrivateKey privateKey, PublicKey publicKey, SignatureAlgorithm algorithm, Providers providers)
      throws GeneralSecurityException {
    try {
      SubjectPublicKey spki = SubjectPublicKey.parse(publicKey.getEncoded());
      // Once through the encoding, so that the provider that signs gets a key of its own.
      PrivateKey own =
          providers
              .keyFactory(spki.algorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded()));
      SoftwareKey key = new SoftwareKey(own, spki, algorithm, providers);
      byte[] probe = {'k', 'e', 'y'};
      if (!new JcaSignatureVerifier(providers).verify(spki, algorithm, probe, key.sign(probe))) {
        throw new KeyCustodyException("private and public key do not belong together");
      }
      return key;
    } catch (KeyRefusedException e) {
      throw new KeyCustodyException("the public half is refused: " + e.detail(), e);
    }
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public SubjectPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signing = providers.signature(algorithm);
      signing.initSign(privateKey);
      signing.update(message);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new KeyCustodyException("signing with " + algorithm + " failed", e);
    }
  }

  /** For {@link KeyFiles} only. */
  PrivateKey privateKey() {
    return privateKey;
  }

  /** Names the public half only. */
  @Override
  public String toString() {
    return "private half of " + publicKey;
  }

  private static KeyAlgorithm keyKind(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_SHA256 -> KeyAlgorithm.P256;
      case ECDSA_SHA384 -> KeyAlgorithm.P384;
      case ED25519 -> KeyAlgorithm.ED25519;
      case RSA_SHA256, RSA_SHA384, RSA_SHA512 -> KeyAlgorithm.RSA;
      case ML_DSA_44 -> KeyAlgorithm.ML_DSA_44;
      case ML_DSA_65 -> KeyAlgorithm.ML_DSA_65;
      case ML_DSA_87 -> KeyAlgorithm.ML_DSA_87;
    };
  }

  private static KeyPairGenerator generator(
      KeyAlgorithm kind, Providers providers, SecureRandom random) throws GeneralSecurityException {
    Provider provider = providers.provider(kind);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.jcaName(), provider);
    switch (kind) {
      case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      case P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
      case RSA -> generator.initialize(3072, random);
      case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> {}
    }
    return generator;
  }
}
