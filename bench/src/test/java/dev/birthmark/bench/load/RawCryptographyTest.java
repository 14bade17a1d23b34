package dev.birthmark.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.bench.measure.Work;
import dev.birthmark.credential.pkix.CertificationRequest;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.Providers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RawCryptographyTest {

  private static final Providers PROVIDERS = Providers.detect();

  @Test
  void aCandidateProvesThatItHasTheKey() throws Exception {
    Candidate candidate = Candidate.fresh("device-1", PROVIDERS);
    CertificationRequest request = CertificationRequest.read(candidate.request());
    assertThat(request.provesPossession(new JcaSignatureVerifier(PROVIDERS))).isTrue();
    assertThat(request.publicKey().der()).isEqualTo(candidate.keys().getPublic().getEncoded());
  }

  @Test
  void theRawSidesWorkAndAreCharged() {
    RawCryptography raw = new RawCryptography(PROVIDERS);
    Work issued = raw.issuing().run(Duration.ofMillis(200));
    Work verified = raw.verifying().run(Duration.ofMillis(200));
    assertThat(issued.done()).isPositive();
    assertThat(issued.cpuSeconds()).isPositive();
    assertThat(verified.done()).isPositive();
  }
}
