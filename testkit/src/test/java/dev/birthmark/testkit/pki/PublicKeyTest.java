package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyGate;
import dev.birthmark.credential.pkix.KeyRefusal;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublicKeyTest {
  private static final KeyGate GATE = new KeyGate(EnumSet.allOf(KeyAlgorithm.class), key -> false);

  @ParameterizedTest
  @EnumSource
  void readsTheEncodingThatLibrariesWrite(KeyAlgorithm kind) throws Exception {
    byte[] der = TestKey.of(kind, 1).keyPair().getPublic().getEncoded();
    SubjectPublicKey key = SubjectPublicKey.parse(der);
    GATE.check(key);
    assertThat(key.algorithm()).isEqualTo(kind);
    assertThat(key.der()).isEqualTo(der);
    assertThat(key.hash()).isEqualTo(Sha256.of(der));
    byte[] bits = SubjectPublicKeyInfo.getInstance(der).getPublicKeyData().getBytes();
    assertThat(key.keyIdentifier()).isEqualTo(Arrays.copyOf(Sha256.of(bits).bytes(), 20));
  }

  static List<TestKeys.Bad> bad() {
    return TestKeys.bad();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesEveryOtherSpellingAndEveryWeakKey(TestKeys.Bad bad) {
    KeyRefusedException refusal =
        catchThrowableOfType(
            KeyRefusedException.class, () -> GATE.check(SubjectPublicKey.parse(bad.der())));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason().code()).isEqualTo(bad.reason());
    assertThat(refusal.detail()).isNotBlank();
  }

  @Test
  void namesTheKindOfKeyAndWhatIsAllowed() {
    assertThatThrownBy(() -> SubjectPublicKey.parse(named("X25519")))
        .hasMessageContaining("X25519")
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> SubjectPublicKey.parse(named("secp256k1")))
        .hasMessageContaining("secp256k1");
    assertThatThrownBy(() -> SubjectPublicKey.parse(named("ML-DSA under the draft's OID")))
        .hasMessageContaining("draft");
  }

  @Test
  void refusesBlockedKeysAndKindsThatAProfileDoesNotTake() {
    SubjectPublicKey key = TestKey.p256(1).publicKey();
    KeyGate blocking = new KeyGate(EnumSet.of(KeyAlgorithm.P256), hash -> hash.equals(key.hash()));
    assertThat(reason(blocking, key)).isEqualTo(KeyRefusal.BLOCKED);
    KeyGate narrow = new KeyGate(EnumSet.of(KeyAlgorithm.ED25519), hash -> false);
    assertThat(reason(narrow, key)).isEqualTo(KeyRefusal.ALGORITHM);
  }

  @Test
  void findsNoWeaknessInGoodRsaKeys() throws Exception {
    for (int i = 1; i <= 3; i++) {
      GATE.check(TestKey.of(KeyAlgorithm.RSA, i).publicKey());
    }
  }

  private static KeyRefusal reason(KeyGate gate, SubjectPublicKey key) {
    return catchThrowableOfType(KeyRefusedException.class, () -> gate.check(key)).reason();
  }

  private static byte[] named(String name) {
    return TestKeys.bad().stream()
        .filter(bad -> bad.name().equals(name))
        .findFirst()
        .orElseThrow()
        .der();
  }
}
