package dev.birthmark.enrollment.server;

import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.enrollment.ceremony.Ceremony;
import dev.birthmark.enrollment.ceremony.CeremonyPlan;
import dev.birthmark.enrollment.ceremony.CeremonyRecord;
import dev.birthmark.enrollment.ceremony.KeyDirectory;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What the service finds on its machine: an empty database, and the folder that a ceremony wrote.
 * No identity service knows the site.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  static final String TENANT = "acme";

  /** Signs operators' tokens; the service knows the public half. */
  static final TestKey OPERATOR = TestKey.of(KeyAlgorithm.RSA, 910);

  private static final TestKey TLS = TestKey.p256(911);

  @Override
  public Map<String, String> start() {
    TestDatabase database = PostgresForTests.on(Engine.EMBEDDED).empty();
    try {
      Path home = Files.createTempDirectory("enrollment-test");
      Path offline = Files.createDirectory(home.resolve("root-offline"));
      holdCeremony(offline, home);
      write(home, "tls.pem", PemArmor.write("CERTIFICATE", certificate()));
      write(home, "tls-key.pem", PemArmor.write("PRIVATE KEY", TLS.privateKey().getEncoded()));
      write(home, "token-public.pem", PemArmor.write("PUBLIC KEY", OPERATOR.publicKey().der()));
      write(home, "db.password", database.password() + "\n");
      Map<String, String> settings = new HashMap<>();
      settings.put("quarkus.datasource.jdbc.url", database.url());
      settings.put("quarkus.datasource.username", database.username());
      settings.put("birthmark.database.password-file", home + "/db.password");
      settings.put("birthmark.tls.certificate", home + "/tls.pem");
      settings.put("birthmark.tls.key", home + "/tls-key.pem");
      settings.put("birthmark.oidc.public-key-file", home + "/token-public.pem");
      settings.put("birthmark.site.directory", home.toString());
      settings.put("birthmark.identity.url", "https://127.0.0.1:9");
      settings.put("birthmark.enrollment.await-registration", "PT0S");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}

  private static void holdCeremony(Path offline, Path service) throws IOException {
    SecureRandom random = new SecureRandom();
    CeremonyPlan plan =
        CeremonyPlan.of(
            Map.of(
                "site",
                "site-1",
                "tenant",
                TENANT,
                "base",
                "http://id.example.test",
                "log",
                "log.example.test/site-1",
                "root",
                Map.of("name", "CN=Root,O=Acme", "key", "P-384"),
                "issuer",
                Map.of("name", "CN=Issuing,O=Acme", "key", "P-256")));
    CeremonyRecord made =
        new Ceremony(TestKey.providers(), random, InstantSource.system())
            .hold(plan, new KeyDirectory(offline, service, random));
    write(service, "site-client.pem", made.siteClientPem());
    write(service, "site-bundle.pem", made.sealedBundle());
  }

  private static void write(Path home, String name, String text) throws IOException {
    Files.writeString(home.resolve(name), text);
  }

  private static byte[] certificate() throws IOException {
    X500Name name = new X500Name("CN=enrollment");
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
