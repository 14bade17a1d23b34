package dev.birthmark.enrollment.issuance;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import dev.birthmark.enrollment.uplink.InMemorySiteStore;
import dev.birthmark.enrollment.uplink.InMemorySiteStore.CommitFault;
import dev.birthmark.enrollment.uplink.TestSite;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class IssuanceFailureTest {
  private static final String NOBODY = "no such device";

  private final InMemorySiteStore store = new InMemorySiteStore();
  private final TestPki pki = TestPki.of("beta");
  private final Custody custody = new Custody(pki.issuerKey());
  private final TestSite site = new TestSite(pki, store, custody);

  /** A custody that fails, or signs wrongly, for what names certain devices. */
  private static final class Custody implements KeyCustody {
    private final TestKey key;
    private String refuses = NOBODY;
    private String spoils = NOBODY;
    private boolean gone;

    Custody(TestKey key) {
      this.key = key;
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public SubjectPublicKey publicKey() {
      return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      String text = new String(message, StandardCharsets.ISO_8859_1);
      if (gone || text.contains(refuses)) {
        throw new KeyCustodyException("the token does not answer");
      }
      return text.contains(spoils) ? key.sign(new byte[1]) : key.sign(message);
    }
  }

  @BeforeEach
  void openSite() {
    site.found(SiteState.OPEN);
    site.order("o-1", 10);
  }

  @Test
  void goesOnWithoutMembersThatCannotBeSignedOrFailTheirCheck() {
    custody.refuses = "dev-2";
    custody.spoils = "dev-4";
    List<IssuanceOutcome> outcomes =
        site.issue(
            request("dev-1", "o-1", 1),
            request("dev-2", "o-1", 2),
            request("dev-3", "o-1", 3),
            request("dev-4", "o-1", 4),
            request("dev-5", "o-1", 5));
    for (int failed : List.of(1, 3)) {
      assertThat(((IssuanceOutcome.Refused) outcomes.get(failed)).reason())
          .isEqualTo(RefusalReason.ISSUANCE_FAILED);
    }
    // No hole in the log, no unit lost.
    assertThat(index(outcomes.get(0))).isZero();
    assertThat(index(outcomes.get(2))).isEqualTo(1);
    assertThat(index(outcomes.get(4))).isEqualTo(2);
    assertThat(site.head().log().size()).isEqualTo(3);
    assertThat(site.account("o-1").issued()).isEqualTo(3);
    assertThat(site.account("o-1").refused()).containsEntry("issuance-failed", 2L);
    custody.refuses = NOBODY;
    assertThat(index(site.issue(request("dev-2", "o-1", 2)).getFirst())).isEqualTo(3);
  }

  @Test
  void issuesNothingWhileTheCustodyIsGone() {
    custody.gone = true;
    assertThatThrownBy(() -> site.issue(request("dev-1", "o-1", 1), request("dev-2", "o-1", 2)))
        .isInstanceOf(KeyCustodyException.class);
    custody.gone = false;
    assertThat(index(site.issue(request("dev-1", "o-1", 1)).getFirst())).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = CommitFault.class, mode = Mode.EXCLUDE, names = "UNAVAILABLE")
  void answersTruthfullyAfterACommitWhoseOutcomeWasUnknown(CommitFault fault) {
    store.failCommit(fault);
    List<IssuanceOutcome> outcomes =
        site.issue(
            request("dev-1", "o-1", 1), request("dev-2", "o-1", 2), request("dev-2", "o-1", 9));
    assertThat(index(outcomes.get(0))).isZero();
    assertThat(index(outcomes.get(1))).isEqualTo(1);
    assertThat(outcomes.get(2)).isInstanceOf(IssuanceOutcome.Refused.class);
    assertThat(site.head().log().size()).isEqualTo(2);
    assertThat(site.account("o-1").issued()).isEqualTo(2);
    assertThat(site.account("o-1").refused()).containsEntry("device-enrolled", 1L);
    IssuanceOutcome again = site.issue(request("dev-2", "o-1", 2)).getFirst();
    assertThat(((IssuanceOutcome.AlreadyIssued) again).enrollment().credential())
        .isEqualTo(((IssuanceOutcome.Issued) outcomes.get(1)).enrollment().credential());
  }

  @ParameterizedTest
  @EnumSource(value = CommitFault.class, mode = Mode.EXCLUDE, names = "UNAVAILABLE")
  void looksAgainWhenEvenTheLookWasLost(CommitFault first) {
    store.failCommit(first);
    store.failCommit(CommitFault.UNKNOWN_BUT_APPLIED);
    assertThat(index(site.issue(request("dev-1", "o-1", 1)).getFirst())).isZero();
    assertThat(site.account("o-1").issued()).isEqualTo(1);
  }

  @Test
  void givesUpOnACommitThatStaysInDoubtAndTheRetryFindsTheCertificate() {
    for (int i = 0; i < 3; i++) {
      store.failCommit(CommitFault.UNKNOWN_BUT_APPLIED);
    }
    assertThatThrownBy(() -> site.issue(request("dev-1", "o-1", 1)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(site.issue(request("dev-1", "o-1", 1)).getFirst())
        .isInstanceOf(IssuanceOutcome.AlreadyIssued.class);
    assertThat(site.head().log().size()).isEqualTo(1);
  }

  @Test
  void saysThatNothingHappenedWhenTheStoreSaysSo() {
    store.failCommit(CommitFault.UNAVAILABLE);
    assertThatThrownBy(() -> site.issue(request("dev-1", "o-1", 1)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(site.head().log().size()).isZero();
  }

  private static long index(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Issued.class);
    return ((IssuanceOutcome.Issued) outcome).enrollment().credential().place().index();
  }
}
