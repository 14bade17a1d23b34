package dev.birthmark.enrollment.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.enrollment.issuance.Enrollment;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an enrollment is answered. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EnrollmentView(
    @Nullable Long line,
    @Nullable Integer status,
    String deviceId,
    String order,
    String serial,
    String fingerprint,
    String certificate,
    List<String> chain,
    LogPlace log,
    String proof,
    @Nullable Boolean registered,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignored,
    Instant issuedAt,
    Instant time) {

  /** Where the certificate's entry stands. */
  record LogPlace(String id, String origin, long index) {}

  /** Writes enrollments out, with the site's issuer behind each certificate. */
  @Singleton
  static class Writer {
    private final String issuer;

    Writer(SiteFiles files) {
      this.issuer = PemArmor.write("CERTIFICATE", files.issuer().der());
    }

    /**
     * @param line of the file; null outside of a batch, as is the status
     * @param ignored what else the certification request asked for, without effect
     * @param registered whether the identity service has taken the entry; null if nobody asked
     */
    EnrollmentView write(
        Enrollment enrollment,
        @Nullable Long line,
        @Nullable Integer status,
        List<String> ignored,
        @Nullable Boolean registered) {
      String leaf = PemArmor.write("CERTIFICATE", enrollment.entry().certificate().bytes());
      var credential = enrollment.credential();
      return new EnrollmentView(
          line,
          status,
          credential.device().value(),
          credential.order(),
          enrollment.serial().hex(),
          enrollment.fingerprint().hex(),
          leaf,
          List.of(leaf, issuer),
          new LogPlace(
              credential.place().log().hex(), origin(enrollment), credential.place().index()),
          enrollment.proof().text(),
          registered,
          ignored,
          enrollment.entry().issuedAt(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String origin(Enrollment enrollment) {
      String text = enrollment.proof().checkpoint().text();
      return text.substring(0, text.indexOf('\n'));
    }
  }
}
