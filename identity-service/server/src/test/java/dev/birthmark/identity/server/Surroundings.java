package dev.birthmark.identity.server;

import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.postgres.Engine;
import dev.birthmark.testkit.postgres.PostgresForTests;
import dev.birthmark.testkit.postgres.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What the service finds on its machine: an empty database, keys, certificates. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  /** Signs operators' tokens; the service knows the public half. */
  static final TestKey OPERATOR = TestKey.of(KeyAlgorithm.RSA, 900);

  private static final TestKey TLS = TestKey.p256(901);

  @Override
  public Map<String, String> start() {
    TestDatabase database = PostgresForTests.on(Engine.EMBEDDED).empty();
    try {
      Path home = Files.createTempDirectory("identity-test");
      String tls = PemArmor.write("CERTIFICATE", certificate());
      write(home, "tls.pem", tls);
      write(home, "tls-root.pem", tls);
      write(home, "tls-key.pem", privateKey(TLS));
      write(home, "token-key.pem", privateKey(TestKey.p256(902)));
      write(home, "cosigner-key.pem", privateKey(TestKey.of(KeyAlgorithm.ED25519, 903)));
      write(home, "tag.key", Base64.getEncoder().encodeToString(new byte[32]) + "\n");
      write(home, "token-public.pem", PemArmor.write("PUBLIC KEY", OPERATOR.publicKey().der()));
      write(home, "db.password", database.password() + "\n");
      Map<String, String> settings = new HashMap<>();
      settings.put("quarkus.datasource.jdbc.url", database.url());
      settings.put("quarkus.datasource.username", database.username());
      settings.put("birthmark.database.password-file", home + "/db.password");
      settings.put("birthmark.tls.certificate", home + "/tls.pem");
      settings.put("birthmark.tls.key", home + "/tls-key.pem");
      settings.put("birthmark.oidc.public-key-file", home + "/token-public.pem");
      settings.put("birthmark.identity.directory", home.toString());
      settings.put("birthmark.base-url", "http://id.example.test");
      settings.put("birthmark.device.host", "127.0.0.1");
      settings.put("birthmark.device.port", "0");
      settings.put("birthmark.publication.host", "127.0.0.1");
      settings.put("birthmark.publication.port", "0");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}

  private static void write(Path home, String name, String text) throws IOException {
    Files.writeString(home.resolve(name), text);
  }

  private static String privateKey(TestKey key) {
    return PemArmor.write("PRIVATE KEY", key.privateKey().getEncoded());
  }

  private static byte[] certificate() throws IOException {
    X500Name name = new X500Name("CN=identity");
    Instant now = Instant.now();
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              name,
              TLS.keyPair().getPublic())
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(TLS.privateKey()))
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
