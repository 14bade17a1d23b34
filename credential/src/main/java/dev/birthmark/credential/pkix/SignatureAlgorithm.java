package dev.birthmark.credential.pkix;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The signature algorithms that are verified and issued with, each with the one DER spelling of its
 * AlgorithmIdentifier (RFC 5758, RFC 4055, RFC 8410, RFC 9881). Weaker ones are not here.
 */
@SuppressWarnings("ImmutableEnumChecker") // the array is never written and leaves as a copy
public enum SignatureAlgorithm {
  ECDSA_SHA256("SHA256withECDSA", "300a06082a8648ce3d040302", KeyAlgorithm.P256, KeyAlgorithm.P384),
  ECDSA_SHA384("SHA384withECDSA", "300a06082a8648ce3d040303", KeyAlgorithm.P256, KeyAlgorithm.P384),
  ED25519("Ed25519", "300506032b6570", KeyAlgorithm.ED25519),
  RSA_SHA256("SHA256withRSA", "300d06092a864886f70d01010b0500", KeyAlgorithm.RSA),
  RSA_SHA384("SHA384withRSA", "300d06092a864886f70d01010c0500", KeyAlgorithm.RSA),
  RSA_SHA512("SHA512withRSA", "300d06092a864886f70d01010d0500", KeyAlgorithm.RSA),
  ML_DSA_44("ML-DSA-44", "300b0609608648016503040311", KeyAlgorithm.ML_DSA_44),
  ML_DSA_65("ML-DSA-65", "300b0609608648016503040312", KeyAlgorithm.ML_DSA_65),
  ML_DSA_87("ML-DSA-87", "300b0609608648016503040313", KeyAlgorithm.ML_DSA_87);

  private final String jcaName;
  private final byte[] identifier;
  private final List<KeyAlgorithm> keys;

  SignatureAlgorithm(String jcaName, String identifier, KeyAlgorithm... keys) {
    this.jcaName = jcaName;
    this.identifier = HexFormat.of().parseHex(identifier);
    this.keys = List.of(keys);
  }

  /** The name of the {@link java.security.Signature}. */
  public String jcaName() {
    return jcaName;
  }

  /** The DER of its AlgorithmIdentifier, a copy. */
  public byte[] identifier() {
    return identifier.clone();
  }

  /** Whether a key of this kind can make such a signature. */
  public boolean fits(KeyAlgorithm key) {
    return keys.contains(key);
  }

  /**
   * The algorithm whose AlgorithmIdentifier has exactly this DER; empty for all that are not here,
   * such as SHA-1 and MD5.
   */
  public static Optional<SignatureAlgorithm> fromIdentifier(byte[] der) {
    for (SignatureAlgorithm algorithm : values()) {
      if (Arrays.equals(algorithm.identifier, der)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** What a key of this kind signs with unless something else is asked for. */
  public static SignatureAlgorithm usualFor(KeyAlgorithm key) {
    return switch (key) {
      case P256 -> ECDSA_SHA256;
      case P384 -> ECDSA_SHA384;
      case ED25519 -> ED25519;
      case RSA -> RSA_SHA256;
      case ML_DSA_44 -> ML_DSA_44;
      case ML_DSA_65 -> ML_DSA_65;
      case ML_DSA_87 -> ML_DSA_87;
    };
  }

  /** The OID in a well-formed AlgorithmIdentifier. */
  static String oid(byte[] identifier) {
    try {
      return new DerInput(identifier).enter(DerInput.SEQUENCE).oid();
    } catch (DerException e) {
      throw new IllegalArgumentException("no AlgorithmIdentifier", e);
    }
  }
}
