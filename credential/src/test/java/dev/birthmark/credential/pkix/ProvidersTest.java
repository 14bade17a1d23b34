package dev.birthmark.credential.pkix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.custody.SoftwareKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProvidersTest {
  private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);

  private final Providers best = Providers.detect();
  private final Providers pure = Providers.withoutNative();

  @ParameterizedTest
  @EnumSource
  void signWhatTheOtherTableVerifies(SignatureAlgorithm algorithm) {
    SoftwareKey key = SoftwareKey.generate(algorithm, best, new SecureRandom());
    byte[] signature = key.sign(MESSAGE);
    for (Providers table : new Providers[] {best, pure}) {
      JcaSignatureVerifier verifier = new JcaSignatureVerifier(table);
      assertThat(verifier.verify(key.publicKey(), algorithm, MESSAGE, signature)).isTrue();
      byte[] other = MESSAGE.clone();
      other[0] ^= 1;
      assertThat(verifier.verify(key.publicKey(), algorithm, other, signature)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void makeKeysInTheOneEncoding(SignatureAlgorithm algorithm) {
    SoftwareKey key = SoftwareKey.generate(algorithm, pure, new SecureRandom());
    assertThat(algorithm.fits(key.publicKey().algorithm())).isTrue();
    assertThat(
            new JcaSignatureVerifier(best)
                .verify(key.publicKey(), algorithm, MESSAGE, key.sign(MESSAGE)))
        .isTrue();
  }

  @Test
  void verifiersTakeAnyOctetsForASignature() {
    SoftwareKey key =
        SoftwareKey.generate(SignatureAlgorithm.ECDSA_SHA256, best, new SecureRandom());
    JcaSignatureVerifier verifier = new JcaSignatureVerifier(best);
    for (int length : new int[] {0, 1, 2, 8, 64, 70, 72, 5000}) {
      for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
        assertThat(verifier.verify(key.publicKey(), algorithm, MESSAGE, new byte[length]))
            .isFalse();
      }
    }
  }

  @Test
  void useTheJdkForMlDsaAndNameEveryProviderInOneLine() {
    assertThat(best.toString()).contains("ML_DSA_65=SUN").doesNotContain("\n");
    assertThat(pure.toString()).contains("ECDSA_SHA256=SunEC");
  }
}
