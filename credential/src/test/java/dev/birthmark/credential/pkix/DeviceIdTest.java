package dev.birthmark.credential.pkix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "A-1", "00:11:22:aa", "urn:dev:mac:0024befffe804ff1", "a.b-c", "x--y"})
  void takesLettersDigitsAndThreeMarks(String text) {
    assertThat(new DeviceId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',is empty
          .,begin and end
          ..,two dots
          a..b,two dots
          -a,begin and end
          a:,begin and end
          a/b,U+002F at position 2
          a%2Fb,U+0025
          a;v=1,U+003B
          a b,U+0020
          ä,U+00E4
          """)
  void refusesEverythingElseAndSaysWhereItStands(String text, String says) {
    assertThat(DeviceId.isValid(text)).isFalse();
    assertThatThrownBy(() -> new DeviceId(text)).hasMessageContaining(says);
  }

  @Test
  void refusesNulAndInvisibleMarks() {
    assertThat(DeviceId.isValid("a\0b")).isFalse();
    assertThat(DeviceId.isValid("a\u200bb")).isFalse();
    assertThat(DeviceId.isValid("\u0430")).isFalse();
  }

  @Test
  void takesSixtyFourCharactersAndNotOneMore() {
    assertThat(DeviceId.isValid("x".repeat(64))).isTrue();
    assertThat(DeviceId.isValid("x".repeat(65))).isFalse();
  }

  @Test
  void hasOneCanonicalSpellingForAllCases() {
    assertThat(new DeviceId("AbC").canonical()).isEqualTo(new DeviceId("aBc").canonical());
    assertThat(new DeviceId("I").canonical()).isEqualTo("i");
  }
}
