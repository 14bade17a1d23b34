package dev.birthmark.identity.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.identity.registry.InMemoryRegistryStore.Fate;
import dev.birthmark.identity.revocation.StoreUnavailableException;
import dev.birthmark.testkit.pki.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnansweredPushTest {
  private final InMemoryRegistryStore store = new InMemoryRegistryStore(() -> TestPki.NOW);
  private final TestIdentity identity = new TestIdentity(store);
  private final TestSite site = new TestSite("berlin");

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_BUT_MADE", "UNKNOWN_AND_LOST"})
  void isTakenInOnceWhateverBecameOfTheFirstCommit(Fate fate) {
    identity.register(site);
    site.issue("dev-1");
    store.nextCommits(fate);
    assertThat(site.push(identity.ingest, 0))
        .isInstanceOfSatisfying(
            IngestOutcome.Accepted.class, accepted -> assertThat(accepted.size()).isEqualTo(1));
    assertThat(store.<Integer>read(tx -> tx.logs().entries(site.pki().logId(), 0, 99_999).size()))
        .isEqualTo(1);
  }

  @Test
  void leavesNothingWhenTheStoreCannotBeUsed() {
    identity.register(site);
    site.issue("dev-1");
    store.nextCommits(Fate.UNAVAILABLE);
    assertThatThrownBy(() -> site.push(identity.ingest, 0))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(site.push(identity.ingest, 0)).isInstanceOf(IngestOutcome.Accepted.class);
  }
}
