package dev.birthmark.identity.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.identity.revocation.ChangeOutcome;
import dev.birthmark.identity.revocation.RecordedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The process ends at each call of the store in turn; another one goes on with what is durable.
 * Every push and every change that was answered must have taken effect, and nothing twice.
 */
public abstract class HaltContract {

  private final TestSite site = new TestSite("eta");
  private final String bundle = site.bundle(1);
  private final List<DeviceCertificate> certificates = new ArrayList<>();

  /** The process ends here. */
  private static final class Halted extends Error {
    private static final long serialVersionUID = 1L;

    Halted(String point) {
      super(point);
    }
  }

  /** What one process answered. */
  private static final class Answers {
    long size;
    final SortedMap<String, Position> changes = new TreeMap<>();
  }

  /** A store with nothing in it. */
  protected abstract RegistryStore emptyStore();

  /** What a store loses when its process ends: its connections. */
  protected void processEnds() {}

  /** The site has issued to four devices, one of them of the lot that is recalled. */
  protected HaltContract() {
    certificates.add(site.issue("dev-1"));
    certificates.add(site.issue("dev-2"));
    certificates.add(site.issue("dev-3", draft -> draft.lot("lot-9")));
    certificates.add(site.issue("dev-4"));
  }

  @Test
  void everyAnsweredPushAndChangeTakesEffectOnce() {
    int number = 0;
    boolean finished = false;
    while (!finished) {
      number++;
      RegistryStore store = emptyStore();
      int last = number;
      List<String> passed = new ArrayList<>();
      HaltPoints points =
          new HaltPoints(name -> {
            passed.add(name);
            if (passed.size() == last) {
              processEnds();
              throw new Halted(name);
            }
          });
      Answers first = new Answers();
      try {
        work(new TestIdentity(points.around(store)), first);
        finished = true;
      } catch (Halted halted) {
        assertThat(halted).hasMessage(passed.getLast());
      }
      Answers second = new Answers();
      TestIdentity identity = new TestIdentity(store);
      work(identity, second);
      verify(identity, first, second);
    }
    assertThat(number).isGreaterThan(100);
  }

  /** Registers the site, takes in two pushes and makes two changes that meet them half-way. */
  private void work(TestIdentity identity, Answers answers) {
    assertThat(identity.sites.register(TestSite.TENANT, "admin", bundle))
        .isNotInstanceOf(SiteOutcome.Refused.class);
    push(identity, 2, answers);
    revoke(identity, "one", SelectorAttribute.DEVICE_ID, "dev-2", answers);
    revoke(identity, "lot", SelectorAttribute.LOT, "lot-9", answers);
    push(identity, 4, answers);
    identity.replica.poll();
  }

  private void push(TestIdentity identity, int size, Answers answers) {
    long from = answers.size;
    IngestOutcome outcome = push(identity, size, from);
    if (outcome instanceof IngestOutcome.WrongFrom wrong) {
      outcome = push(identity, size, wrong.size());
    }
    assertThat(outcome).isInstanceOf(IngestOutcome.Accepted.class);
    answers.size = ((IngestOutcome.Accepted) outcome).size();
  }

  private IngestOutcome push(TestIdentity identity, int size, long from) {
    int begin = (int) Math.min(from, size);
    return identity.ingest.push(
        site.name(), site.pki().logId(), begin, site.checkpoint(size), site.bundleOf(begin, size));
  }

  private static void revoke(
      TestIdentity identity, String key, SelectorAttribute by, String value, Answers answers) {
    RecordedChange change =
        switch (identity.change(key, ChangeKind.REVOKE, by, value)) {
          case ChangeOutcome.Made made -> made.change();
          case ChangeOutcome.Repeated repeated -> repeated.change();
          case ChangeOutcome.Refused refused -> throw new AssertionError(refused.detail());
        };
    answers.changes.put(key, change.position());
  }

  private void verify(TestIdentity identity, Answers first, Answers second) {
    assertThat(second.changes).containsAllEntriesOf(first.changes);
    assertThat(second.size).isEqualTo(4);
    LogRow log = identity.store.read(tx -> tx.logs().log(site.pki().logId()).orElseThrow());
    assertThat(log.checkpoint()).contains(identity.cosigning.key().name());
    assertThat(
            identity.store.<Integer>read(
                tx -> tx.logs().entries(log.id(), 0, Integer.MAX_VALUE).size()))
        .isEqualTo(4);

    List<RecordedChange> changes =
        identity.store.read(tx -> tx.feed().after(TestSite.TENANT, Position.START, 1_000));
    assertThat(changes).hasSize(3); // two were asked for, the third follows on a late arrival
    assertThat(changes.getFirst().encoded().isFirst()).isTrue();
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i).encoded().follows(changes.get(i - 1).encoded())).isTrue();
    }
    assertThat(certificates)
        .extracting(certificate -> TestIdentity.word(identity.decide(certificate)))
        .containsExactly("allow", "revoked", "revoked", "allow");
    for (DeviceCertificate certificate : certificates) {
      assertThat(
              new Devices(identity.store)
                  .view(TestSite.TENANT, certificate.deviceId().orElseThrow())
                  .orElseThrow()
                  .credentials())
          .hasSize(1);
    }
    assertThat(identity.store.<Integer>read(tx -> tx.alarms().latest(TestSite.TENANT, 10).size()))
        .isZero();
  }
}
