package dev.birthmark.enrollment.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.pkix.KeyRefusal;
import dev.birthmark.credential.pkix.RequestRefusal;
import dev.birthmark.enrollment.issuance.RefusalReason;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the domain refuses with a word is a problem of that word. */
class RefusalWordsTest {

  static Stream<String> words() {
    return Stream.of(
            Stream.of("device-id", "proof-of-possession", "malformed"),
            Arrays.stream(RefusalReason.values()).map(RefusalReason::label),
            Arrays.stream(RequestRefusal.values()).map(RequestRefusal::code),
            Arrays.stream(KeyRefusal.values()).map(KeyRefusal::code))
        .flatMap(words -> words);
  }

  @ParameterizedTest
  @MethodSource("words")
  void isAProblem(String word) {
    assertThat(EnrollmentProblem.of(word).reason()).isEqualTo(word);
  }

  @ParameterizedTest
  @MethodSource("words")
  void helpsLaterOnlyWhereItConcernsTheSite(String word) {
    boolean concernsSite =
        Arrays.stream(RefusalReason.values())
            .anyMatch(reason -> reason.concernsSite() && reason.label().equals(word));
    assertThat(EnrollmentProblem.of(word).retryAfterSeconds() > 0).isEqualTo(concernsSite);
  }
}
