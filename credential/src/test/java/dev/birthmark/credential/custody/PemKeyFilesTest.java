package dev.birthmark.credential.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PemKeyFilesTest {
  private static final Providers PROVIDERS = Providers.detect();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"ECDSA_SHA256", "ECDSA_SHA384", "ED25519"})
  void computesThePublicHalfThatTheFileDoesNotHold(SignatureAlgorithm algorithm) {
    SoftwareKey key = SoftwareKey.generate(algorithm, PROVIDERS, new SecureRandom());
    Path file = directory.resolve("key.pem");
    KeyFiles.writePem(file, key);
    assertThat(KeyFiles.readPem(file, algorithm, PROVIDERS).publicKey()).isEqualTo(key.publicKey());
  }

  @Test
  void refusesAKeyOfAnotherKindAndWhatIsNoKey() throws Exception {
    Path file = directory.resolve("key.pem");
    KeyFiles.writePem(
        file, SoftwareKey.generate(SignatureAlgorithm.RSA_SHA256, PROVIDERS, new SecureRandom()));
    assertThatThrownBy(() -> KeyFiles.readPem(file, SignatureAlgorithm.RSA_SHA256, PROVIDERS))
        .isInstanceOf(KeyCustodyException.class);
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> KeyFiles.readPem(file, SignatureAlgorithm.ED25519, PROVIDERS))
        .isInstanceOf(KeyCustodyException.class);
  }
}
