package dev.birthmark.enrollment.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/problems.md} against what the service answers. */
class ProblemsDocumentTest {

  @ParameterizedTest
  @EnumSource
  void isDescribed(EnrollmentProblem problem) throws IOException {
    assertThat(Files.readString(Path.of("../../docs/problems.md")))
        .contains(
            "| `%s` | %d | %s | %s |"
                .formatted(
                    problem.reason(), problem.status(), problem.title(), problem.nextStep()));
  }

  @Test
  void nothingElseIsDescribed() throws IOException {
    String section =
        Files.readString(Path.of("../../docs/problems.md"))
            .split("## Enrollment service\n")[1]
            .split("\n## ")[0];
    assertThat(section.lines().filter(line -> line.startsWith("| `")))
        .hasSize(EnrollmentProblem.values().length);
  }
}
