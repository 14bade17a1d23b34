package dev.birthmark.credential.pkix;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which provider computes what: Amazon Corretto Crypto Provider for EC, RSA and Ed25519 where it is
 * on the class path and passes its self-tests, the JDK's own for ML-DSA and for what the former
 * lacks, Bouncy Castle for what neither has. Instances are passed explicitly and nothing is
 * installed globally, so that other code in the same process neither changes this nor is changed by
 * it.
 *
 * <p>Immutable.
 */
public final class Providers {
  private static final String ACCP =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final Map<SignatureAlgorithm, Provider> signatures =
      new EnumMap<>(SignatureAlgorithm.class);
  private final Map<KeyAlgorithm, Provider> keys = new EnumMap<>(KeyAlgorithm.class);

  private Providers(@Nullable Provider fast) {
    Provider bouncyCastle = new BouncyCastleProvider();
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      List<Provider> order = order(fast, isMlDsa(algorithm.jcaName()), bouncyCastle);
      signatures.put(algorithm, first(order, "Signature", algorithm.jcaName()));
    }
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      List<Provider> order = order(fast, isMlDsa(algorithm.jcaName()), bouncyCastle);
      keys.put(algorithm, first(order, "KeyFactory", algorithm.jcaName()));
    }
  }

  /** The best that this process has. Loads native code the first time. */
  public static Providers detect() {
    return new Providers(healthyAccp());
  }

  /** What there is without native code. */
  public static Providers withoutNative() {
    return new Providers(null);
  }

  /** A fresh signature object. */
  public Signature signature(SignatureAlgorithm algorithm) {
    try {
      return Signature.getInstance(algorithm.jcaName(), provider(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fresh key factory. */
  public KeyFactory keyFactory(KeyAlgorithm algorithm) {
    try {
      return KeyFactory.getInstance(algorithm.jcaName(), provider(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who signs and verifies with this algorithm. */
  public Provider provider(SignatureAlgorithm algorithm) {
    return present(signatures.get(algorithm));
  }

  /** Who reads keys of this kind. */
  public Provider provider(KeyAlgorithm algorithm) {
    return present(keys.get(algorithm));
  }

  /** One line for the log of a starting process: each algorithm with its provider. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("signatures:");
    signatures.forEach((algorithm, provider) ->
        line.append(' ').append(algorithm).append('=').append(provider.getName()));
    return line.toString();
  }

  private static List<Provider> order(
      @Nullable Provider fast, boolean jdkFirst, Provider bouncyCastle) {
    List<Provider> order = new ArrayList<>();
    if (fast != null && !jdkFirst) {
      order.add(fast);
    }
    for (String name : List.of("SunEC", "SunRsaSign", "SUN")) {
      Provider jdk = Security.getProvider(name);
      if (jdk != null) {
        order.add(jdk);
      }
    }
    order.add(bouncyCastle);
    return order;
  }

  private static Provider first(List<Provider> order, String type, String algorithm) {
    return order.stream()
        .filter(provider -> provider.getService(type, algorithm) != null)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no provider has " + type + " " + algorithm));
  }

  private static boolean isMlDsa(String jcaName) {
    return jcaName.startsWith("ML-DSA");
  }

  private static Provider present(@Nullable Provider provider) {
    if (provider == null) {
      throw new IllegalStateException("the table of providers has a hole");
    }
    return provider;
  }

  private static @Nullable Provider healthyAccp() {
    try {
      Class<?> type = Class.forName(ACCP);
      Provider accp = (Provider) type.getField("INSTANCE").get(null);
      type.getMethod("assertHealthy").invoke(accp);
      KeyFactory.getInstance("EC", accp);
      return accp;
    } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError e) {
      // Not on the class path, not for this platform, or not sound: the JDK's own takes its place.
      return null;
    }
  }
}
