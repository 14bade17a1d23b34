package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.SiteProcess.DEVICES;
import static dev.birthmark.enrollment.uplink.SiteProcess.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.testkit.pki.TestPki;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Halts over a store in memory, and those of a site that comes back from a backup. */
final class HaltAtEveryPointTest extends HaltContract {

  @Override
  protected SiteStore<SiteTransaction> emptyStore() {
    return new InMemorySiteStore();
  }

  @Test
  void comesBackFromABackupThroughAnyHalt() {
    int number = 0;
    boolean finished = false;
    while (!finished) {
      number++;
      InMemorySiteStore store = new InMemorySiteStore();
      FakeIdentity identity = identity();
      identity.maxEntriesPerAnswer = 1;
      new TestSite(NAME, store).found(SiteState.UNREGISTERED);
      KeyCustody custody = TestPki.of(NAME).issuerKey();
      InMemorySiteStore backup = store.restoredBackup();
      SiteProcess before = new SiteProcess(store, identity, custody, new ArrayList<>());
      before.work();
      List<String> passed = new ArrayList<>();
      HaltPoints points = haltingAt(number, passed);
      SiteProcess first =
          new SiteProcess(
              points.around(backup),
              points.around(IdentityUplink.class, identity),
              custody,
              new ArrayList<>());
      try {
        settle(first);
        finished = true;
      } catch (Halted halted) {
        assertThat(halted).hasMessage(passed.getLast());
      }
      SiteProcess second = new SiteProcess(backup, identity, custody, new ArrayList<>());
      settle(second);
      identity.reopen();
      second.work();
      assertThat(second.site.head().log().ordinal()).isEqualTo(2);
      assertThat(second.answered).containsExactlyElementsOf(before.answered);
      assertThat(second.site.account("o-1").issued()).isEqualTo(DEVICES);
    }
    assertThat(number).isGreaterThan(60);
  }

  private static void settle(SiteProcess process) {
    while (process.life.step().state() != SiteState.WAITING_REOPEN) {
      // Each step brings back one more entry.
    }
  }
}
