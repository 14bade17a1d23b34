package dev.birthmark.cli.installation;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The keys and passwords that an installation makes for itself, each in a file of mode 0600. */
final class LocalKeys {

  private static final int PASSWORD_OCTETS = 24;
  private static final int TAG_KEY_OCTETS = 32;

  private final Home home;
  private final SecureRandom random;

  LocalKeys(Home home, SecureRandom random) {
    this.home = home;
    this.random = random;
  }

  /** Makes all of them; the keys of the site and its CA are the ceremony's. */
  void create() {
    KeyPair operator = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    privateKey(home.operatorTokenKey(), operator);
    PrivateFiles.open(
        home.operator().resolve("token-public.pem"),
        PrivateFiles.pem("PUBLIC KEY", operator.getPublic().getEncoded()));

    Path identity = home.service(ServiceName.IDENTITY);
    privateKey(identity.resolve("token-key.pem"), pair("EC", new ECGenParameterSpec("secp256r1")));
    privateKey(identity.resolve("cosigner-key.pem"), pair("Ed25519", null));
    PrivateFiles.secret(
        identity.resolve("tag.key"),
        Base64.getEncoder().encodeToString(octets(TAG_KEY_OCTETS)) + "\n");
    for (ServiceName service : ServiceName.values()) {
      PrivateFiles.secret(home.service(service).resolve("db.password"), password() + "\n");
    }
  }

  /** A password of hexadecimal digits that nobody can guess. */
  String password() {
    return HexFormat.of().formatHex(octets(PASSWORD_OCTETS));
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  static void privateKey(Path file, KeyPair pair) {
    PrivateFiles.secret(file, PrivateFiles.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  static KeyPair pair(String algorithm, @Nullable AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
