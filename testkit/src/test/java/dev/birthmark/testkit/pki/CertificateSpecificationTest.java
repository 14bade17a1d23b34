package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.pkix.KeyRefusal;
import dev.birthmark.credential.pkix.RequestRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The document and the code name the same reasons and numbers. */
class CertificateSpecificationTest {
  private final String text = read();

  @Test
  void namesEveryReasonForRefusingAKeyOrARequest() {
    for (KeyRefusal refusal : KeyRefusal.values()) {
      assertThat(text).contains("`" + refusal.code() + "`");
    }
    for (RequestRefusal refusal : RequestRefusal.values()) {
      assertThat(text).contains("`" + refusal.code() + "`");
    }
  }

  @Test
  void givesKindsAndReasonsOfChangesTheirNumbers() {
    String module = text.toLowerCase(Locale.ROOT);
    for (ChangeKind kind : ChangeKind.values()) {
      assertThat(module).contains(kind.text().replace("-", "") + " (" + kind.number() + ")");
    }
    for (Reason reason : Reason.values()) {
      assertThat(module).contains(reason.text().replace("-", "") + " (" + reason.number() + ")");
    }
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "certificate-specification.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
