package dev.birthmark.credential.pkix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.log.LogId;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSerialTest {

  @Test
  void tellsThePlaceItWasMadeFor() {
    LogId log = LogId.of("site-a.example/log");
    for (long index : new long[] {0, 1, 65_536, 0xFFFF_FFFFL}) {
      CertificateSerial serial = CertificateSerial.of(log.serialBits(), index, -1L);
      assertThat(serial.isPlace()).isTrue();
      assertThat(serial.logBits()).isEqualTo(log.serialBits());
      assertThat(serial.index()).isEqualTo(index);
      assertThat(serial.value().bitLength()).isEqualTo(127);
      assertThat(serial.value().toByteArray()).hasSize(16);
    }
  }

  @Test
  void beginsWithTheFirstBitsOfTheLogsHash() {
    LogId log = LogId.fromHex("fedcba9876543210");
    String hex = CertificateSerial.of(log.serialBits(), 0x12345678L, 0xABCL).hex();
    // 01 and the 30 bits 1111 1110 1101 1100 1011 1010 1001 10
    assertThat(hex).isEqualTo("7fb72ea6" + "12345678" + "0000000000000abc");
  }

  @Test
  void keepsOtherCertificatesOutOfTheRangeOfPlaces() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 1000; i++) {
      CertificateSerial serial = CertificateSerial.notAPlace(random);
      assertThat(serial.isPlace()).isFalse();
      assertThat(serial.value().bitLength()).isBetween(121, 126);
      assertThat(serial.value().toByteArray()).hasSize(16);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f2e", "1F2E", "0x1f2e", "0X001F2E", "1F:2E", "00:1f:2e"})
  void readsEverySpellingOfANumber(String text) {
    assertThat(CertificateSerial.parse(text).hex()).isEqualTo("1f2e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0x",
        "-1",
        "+1",
        "1g",
        " 1",
        "١",
        "ffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesWhatIsNoSerial(String text) {
    assertThatThrownBy(() -> CertificateSerial.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAtMostTwentyOctets() {
    BigInteger limit = BigInteger.ONE.shiftLeft(159);
    assertThat(CertificateSerial.fromBigInteger(limit.subtract(BigInteger.ONE)).isPlace())
        .isFalse();
    assertThatThrownBy(() -> CertificateSerial.fromBigInteger(limit))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
