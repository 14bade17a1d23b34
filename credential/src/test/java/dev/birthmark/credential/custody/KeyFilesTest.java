package dev.birthmark.credential.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.pkix.AuthorityTemplate;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFilesTest {
  private static final Providers PROVIDERS = Providers.detect();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"ECDSA_SHA256", "ECDSA_SHA384", "ED25519", "RSA_SHA256", "ML_DSA_65"})
  void keepsAKeyInPkcs12(SignatureAlgorithm algorithm) throws IOException {
    SoftwareKey key = SoftwareKey.generate(algorithm, PROVIDERS, new SecureRandom());
    Path file = directory.resolve("issuer.p12");
    Path passphrase = directory.resolve("issuer.pass");
    KeyFiles.writePkcs12(file, passphrase, key, List.of(certificate(key)), new SecureRandom());

    SoftwareKey read = KeyFiles.readPkcs12(file, passphrase, algorithm, PROVIDERS);
    assertThat(read.publicKey()).isEqualTo(key.publicKey());
    byte[] message = {1, 2, 3};
    assertThat(read.signAll(List.of(message, message)))
        .allMatch(signature ->
            new JcaSignatureVerifier(PROVIDERS)
                .verify(key.publicKey(), algorithm, message, signature));
    for (Path secret : List.of(file, passphrase)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(file, passphrase);
    }
  }

  @Test
  void keepsAKeyInPem() {
    SoftwareKey key =
        SoftwareKey.generate(SignatureAlgorithm.ED25519, PROVIDERS, new SecureRandom());
    Path file = directory.resolve("log-key.pem");
    KeyFiles.writePem(file, key);
    SoftwareKey read =
        KeyFiles.readPem(file, key.publicKey(), SignatureAlgorithm.ED25519, PROVIDERS);
    assertThat(read.sign(new byte[3])).isEqualTo(key.sign(new byte[3]));
  }

  @Test
  void refusesAPublicHalfThatIsNotTheKeys() {
    SoftwareKey key =
        SoftwareKey.generate(SignatureAlgorithm.ED25519, PROVIDERS, new SecureRandom());
    SoftwareKey other =
        SoftwareKey.generate(SignatureAlgorithm.ED25519, PROVIDERS, new SecureRandom());
    Path file = directory.resolve("log-key.pem");
    KeyFiles.writePem(file, key);
    assertThatThrownBy(
            () -> KeyFiles.readPem(file, other.publicKey(), SignatureAlgorithm.ED25519, PROVIDERS))
        .isInstanceOf(KeyCustodyException.class)
        .hasMessageContaining("do not belong together");
  }

  @Test
  void neverReplacesAKey() {
    SoftwareKey key =
        SoftwareKey.generate(SignatureAlgorithm.ED25519, PROVIDERS, new SecureRandom());
    Path file = directory.resolve("log-key.pem");
    KeyFiles.writePem(file, key);
    assertThatThrownBy(() -> KeyFiles.writePem(file, key))
        .isInstanceOf(KeyCustodyException.class)
        .hasMessageContaining("not replaced");
  }

  @Test
  void saysWhichFileCannotBeRead() throws IOException {
    Path file = Files.write(directory.resolve("broken.p12"), new byte[40]);
    Path passphrase = Files.writeString(directory.resolve("broken.pass"), "x\n");
    assertThatThrownBy(
            () -> KeyFiles.readPkcs12(file, passphrase, SignatureAlgorithm.ECDSA_SHA256, PROVIDERS))
        .isInstanceOf(KeyCustodyException.class)
        .hasMessageContaining("broken.p12");
  }

  private static byte[] certificate(SoftwareKey key) {
    byte[] tbs =
        new AuthorityTemplate(
                CertificateSerial.notAPlace(new SecureRandom()),
                Instant.parse("2026-01-01T00:00:00Z"),
                "CN=Test",
                key.publicKey())
            .root(key.algorithm());
    return AuthorityTemplate.certificate(tbs, key.algorithm(), key.sign(tbs));
  }
}
