package dev.birthmark.enrollment.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.custody.SoftwareKey;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.trust.SiteBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyTest {
  private static final Providers PROVIDERS = Providers.detect();
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.9Z");

  @TempDir Path directory;
  private Path offline;
  private Path service;
  private final Ceremony ceremony =
      new Ceremony(PROVIDERS, new SecureRandom(), InstantSource.fixed(NOW));

  @BeforeEach
  void makeDirectories() throws Exception {
    offline = Files.createDirectory(directory.resolve("root-offline"));
    service = Files.createDirectory(directory.resolve("enrollment"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "Ed25519", "ML-DSA-65"})
  void makesARootAnIssuerAndABundleThatEachKeySigned(String key) throws Exception {
    CeremonyRecord record = ceremony.hold(CeremonyPlan.of(plan(key)), vault());

    JcaSignatureVerifier verifier = new JcaSignatureVerifier(PROVIDERS);
    SiteBundle bundle = SiteBundle.open(record.sealedBundle(), verifier);
    assertThat(bundle).isEqualTo(record.bundle());
    assertThat(bundle.root().isSelfSigned(verifier)).isTrue();
    assertThat(bundle.root().notAfter()).isEqualTo(CertificateTemplate.NO_EXPIRY);
    assertThat(record.issuer().pathLength()).hasValue(0);
    assertThat(record.issuer().notAfter()).isEqualTo(CertificateTemplate.NO_EXPIRY);
    assertThat(record.issuer().notBefore()).isEqualTo(Instant.parse("2026-11-25T12:00:00Z"));
    assertThat(record.issuer().isSignedBy(bundle.root().publicKey(), verifier)).isTrue();
    assertThat(record.siteClientPem()).startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void keepsTheKeysInFilesForTheirOwnerOnlyAndTheRootApart() throws Exception {
    CeremonyRecord record = ceremony.hold(CeremonyPlan.of(plan("P-256")), vault());

    assertThat(names(offline)).containsExactly("root.p12", "root.pass");
    assertThat(names(service))
        .containsExactly("issuer.p12", "issuer.pass", "log-key.pem", "site-client-key.pem");
    for (Path folder : List.of(offline, service)) {
      for (String name : names(folder)) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
            .isEqualTo("rw-------");
      }
    }
    SoftwareKey issuer =
        KeyFiles.readPkcs12(
            service.resolve(KeyDirectory.ISSUER),
            service.resolve(KeyDirectory.ISSUER_PASSPHRASE),
            SignatureAlgorithm.ECDSA_SHA256,
            PROVIDERS);
    assertThat(issuer.publicKey()).isEqualTo(record.issuer().publicKey());
    SoftwareKey log =
        KeyFiles.readPem(
            service.resolve(KeyDirectory.LOG_KEY),
            record.bundle().logs().get(0).key(),
            SignatureAlgorithm.ED25519,
            PROVIDERS);
    assertThat(log.sign(new byte[1])).hasSize(64);
  }

  @Test
  void neverReplacesTheKeysOfAnEarlierOne() {
    CeremonyPlan plan = CeremonyPlan.of(plan("P-256"));
    ceremony.hold(plan, vault());
    assertThatThrownBy(() -> ceremony.hold(plan, vault()))
        .isInstanceOf(KeyCustodyException.class)
        .hasMessageContaining("already there");
  }

  @ParameterizedTest
  @CsvSource({
    "site,'Factory A',site is not",
    "tenant,'',tenant",
    "base,'https://id.example/',base URL",
    "log,'https://a//b',log origin",
    "surprise,x,unknown members: [surprise]"
  })
  void refusesAPlanAndNamesTheMember(String member, String value, String says) {
    Map<String, Object> plan = plan("P-256");
    plan.put(member, value);
    assertThatThrownBy(() -> CeremonyPlan.of(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "tenant", "base", "log", "root", "issuer"})
  void refusesAPlanThatLeavesSomethingOut(String member) {
    Map<String, Object> plan = plan("P-256");
    plan.remove(member);
    assertThatThrownBy(() -> CeremonyPlan.of(plan)).hasMessageContaining(member);
  }

  @Test
  void refusesAuthoritiesThatCannotBeToldApart() {
    Map<String, Object> plan = plan("P-256");
    plan.put("issuer", plan.get("root"));
    assertThatThrownBy(() -> CeremonyPlan.of(plan)).hasMessageContaining("same name");
    plan.put("issuer", Map.of("name", "O=No common name", "key", "P-256"));
    assertThatThrownBy(() -> CeremonyPlan.of(plan)).hasMessageContaining("CN");
    plan.put("issuer", Map.of("name", "CN=x", "key", "P-521"));
    assertThatThrownBy(() -> CeremonyPlan.of(plan)).hasMessageContaining("no key algorithm");
  }

  private KeyDirectory vault() {
    return new KeyDirectory(offline, service, new SecureRandom());
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, Object> plan(String key) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("site", "factory-a");
    plan.put("tenant", "default");
    plan.put("base", "http://id.example.test");
    plan.put("log", "factory-a.example.test/log");
    plan.put("root", Map.of("name", "CN=Factory Root,O=Acme,C=DE", "key", key));
    plan.put("issuer", Map.of("name", "CN=Factory Issuer,O=Acme,C=DE", "key", key));
    return plan;
  }
}
