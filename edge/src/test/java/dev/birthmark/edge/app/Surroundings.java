package dev.birthmark.edge.app;

import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.PostgresForTests;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What a service finds on its machine: a database, a TLS key, the key of its tokens. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  /** Signs tokens; the service knows the public half. */
  public static final KeyPair TOKEN_KEY = keyPair("RSA", 2048);

  /** A peer whose key the service pins. */
  public static final KeyPair PEER_KEY = keyPair("EC", 256);

  @Override
  public Map<String, String> start() {
    try {
      var home = Files.createTempDirectory("edge-test");
      var tls = keyPair("EC", 256);
      var database = PostgresForTests.on(Engine.EMBEDDED).empty();
      return Map.of(
          "birthmark.tls.certificate", pem(home, "CERTIFICATE", selfSigned(tls).getEncoded()),
          "birthmark.tls.key", pem(home, "PRIVATE KEY", tls.getPrivate().getEncoded()),
          "birthmark.oidc.public-key-file",
              pem(home, "PUBLIC KEY", TOKEN_KEY.getPublic().getEncoded()),
          "birthmark.database.password-file", file(home, "password", database.password() + "\n"),
          "quarkus.datasource.jdbc.url", database.url(),
          "quarkus.datasource.username", database.username());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {}

  public static X509Certificate selfSigned(KeyPair pair) throws Exception {
    var name = new X500Principal("CN=edge");
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            name,
            pair.getPublic());
    PrivateKey key = pair.getPrivate();
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Path home, String label, byte[] der) throws Exception {
    var text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    return file(home, label.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".pem", text);
  }

  private static String file(Path home, String name, String text) throws Exception {
    return Files.writeString(home.resolve(name), text).toString();
  }
}
