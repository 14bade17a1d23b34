package dev.birthmark.testkit.pki;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.prng.DigestRandomGenerator;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A key pair named by its kind and a number: the same in every run and process, made once and kept.
 * It is also the key custody that tests sign with.
 *
 * @param keyPair the pair, as JDK objects
 * @param publicKey the public half as the platform reads it
 * @param algorithm what {@link #sign} signs with
 */
public record TestKey(KeyPair keyPair, SubjectPublicKey publicKey, SignatureAlgorithm algorithm)
    implements KeyCustody {

  private static final Providers PROVIDERS = Providers.detect();
  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final ConcurrentMap<String, TestKey> MADE = new ConcurrentHashMap<>();

  /** Key number n of a kind; RSA keys have 2,048 bits and take a moment the first time. */
  public static TestKey of(KeyAlgorithm kind, int number) {
    return MADE.computeIfAbsent(kind.label() + " " + number, name -> make(kind, name));
  }

  /** P-256 key number n. */
  public static TestKey p256(int number) {
    return of(KeyAlgorithm.P256, number);
  }

  /** The providers that all tests sign and verify with. */
  public static Providers providers() {
    return PROVIDERS;
  }

  /** The same key, signing with another algorithm that fits it. */
  public TestKey signingWith(SignatureAlgorithm other) {
    return new TestKey(keyPair, publicKey, other);
  }

  /** The private half, for a TLS client or a forgery. */
  public PrivateKey privateKey() {
    return keyPair.getPrivate();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signing = PROVIDERS.signature(algorithm);
      signing.initSign(keyPair.getPrivate());
      signing.update(message);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signature by any algorithm that Bouncy Castle knows, such as {@code SHA1withECDSA}. */
  public byte[] signWeakly(String jcaName, byte[] message) {
    try {
      Signature signing = Signature.getInstance(jcaName, BOUNCY_CASTLE);
      signing.initSign(keyPair.getPrivate());
      signing.update(message);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestKey make(KeyAlgorithm kind, String name) {
    try {
      KeyPair pair =
          switch (kind) {
            case P256 -> curve("P-256", X9ObjectIdentifiers.prime256v1, name);
            case P384 -> curve("P-384", SECObjectIdentifiers.secp384r1, name);
            case ED25519, RSA, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> generated(kind, name);
          };
      return new TestKey(
          pair,
          SubjectPublicKey.parse(pair.getPublic().getEncoded()),
          SignatureAlgorithm.usualFor(kind));
    } catch (GeneralSecurityException | KeyRefusedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair curve(String label, ASN1ObjectIdentifier oid, String name)
      throws GeneralSecurityException, IOException {
    X9ECParameters curve = CustomNamedCurves.getByName(label);
    byte[] bits = new byte[64];
    seeded(name).nextBytes(bits);
    BigInteger secret =
        new BigInteger(1, bits).mod(curve.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    byte[] point = curve.getG().multiply(secret).normalize().getEncoded(false);
    AlgorithmIdentifier named = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid);
    ECPrivateKey secretKey =
        new ECPrivateKey(curve.getN().bitLength(), secret, new DERBitString(point), null);
    return adopted(
        "EC",
        new PrivateKeyInfo(named, secretKey).getEncoded("DER"),
        new SubjectPublicKeyInfo(named, point).getEncoded("DER"));
  }

  private static KeyPair generated(KeyAlgorithm kind, String name)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.jcaName(), BOUNCY_CASTLE);
    switch (kind) {
      case RSA -> generator.initialize(2048, seeded(name));
      case ED25519 -> generator.initialize(255, seeded(name));
      default -> generator.initialize(MLDSAParameterSpec.fromName(kind.jcaName()), seeded(name));
    }
    KeyPair pair = generator.generateKeyPair();
    PrivateKeyInfo secret =
        pair.getPrivate() instanceof MLDSAPrivateKey key
            ? expanded(key)
            : PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    return adopted(kind.jcaName(), secret.getEncoded("DER"), pair.getPublic().getEncoded());
  }

  /** The JDK reads ML-DSA keys in expanded form, Bouncy Castle writes the seed beside it. */
  private static PrivateKeyInfo expanded(MLDSAPrivateKey key) throws IOException {
    return new PrivateKeyInfo(
        PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm(),
        new DEROctetString(key.getPrivateData()));
  }

  /** The pair as the JDK's own classes, which every TLS library takes. */
  private static KeyPair adopted(String factory, byte[] pkcs8, byte[] spki)
      throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance(factory);
    PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(spki));
    return new KeyPair(publicKey, privateKey);
  }

  /**
   * Bits that depend on the name only; Bouncy Castle's generators draw from what they are given.
   */
  static SecureRandom seeded(String name) {
    DigestRandomGenerator bits = new DigestRandomGenerator(new SHA512Digest());
    bits.addSeedMaterial(name.getBytes(StandardCharsets.UTF_8));
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] octets) {
        bits.nextBytes(octets);
      }
    };
  }
}
