package dev.birthmark.identity.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.identity.authentication.StatusView;
import dev.birthmark.identity.registry.IngestOutcome;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.TestIdentity;
import dev.birthmark.identity.registry.TestSite;
import dev.birthmark.identity.revocation.ChangeOutcome;
import dev.birthmark.identity.revocation.RecordedChange;
import dev.birthmark.testkit.postgres.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What only several writers at once can break: pushes of two sites, changes and a replica meet on
 * one database. The store in memory lets writers follow each other, so it cannot show this.
 */
class SqlRacesTest {

  private static final int PUSHES = 30;
  private static final int DEVICES = 4;

  @RegisterExtension final TestRegistry registry = new TestRegistry(Engine.EMBEDDED);

  @Test
  void nobodySlipsBetweenARecallAndWhatArrivesMeanwhile() throws Exception {
    RegistryStore store = registry.open();
    TestIdentity identity = new TestIdentity(store);
    List<TestSite> sites = List.of(new TestSite("berlin"), new TestSite("porto"));
    sites.forEach(identity::register);
    CountDownLatch halfWay = new CountDownLatch(PUSHES);
    AtomicInteger pushing = new AtomicInteger(sites.size());
    AtomicReference<Position> recall = new AtomicReference<>();
    List<Future<?>> work = new ArrayList<>();

    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (TestSite site : sites) {
        work.add(threads.submit(() -> pushAll(site, store, halfWay, pushing)));
      }
      work.add(
          threads.submit(
              (Callable<Void>)
                  () -> {
                    halfWay.await();
                    recall.set(revokeLot(identity));
                    return null;
                  }));
      work.add(threads.submit(() -> watch(store, sites, pushing, recall)));
      for (Future<?> one : work) {
        one.get();
      }
    }

    TestIdentity afterwards = new TestIdentity(store);
    afterwards.replica.poll();
    for (TestSite site : sites) {
      assertThat(afterwards.replica.view().size(site.pki().logId())).isEqualTo(PUSHES * DEVICES);
      assertRecalled(afterwards.replica.view(), site);
    }
    assertOneChain(store);
  }

  private static Void pushAll(
      TestSite site, RegistryStore store, CountDownLatch halfWay, AtomicInteger pushing) {
    try {
      TestIdentity own = new TestIdentity(store);
      for (int push = 0; push < PUSHES; push++) {
        int from = site.size();
        for (int device = 0; device < DEVICES; device++) {
          site.issue(site.name().site() + "-" + push + "-" + device);
        }
        assertThat(site.push(own.ingest, from)).isInstanceOf(IngestOutcome.Accepted.class);
        halfWay.countDown();
      }
      return null;
    } finally {
      pushing.decrementAndGet();
    }
  }

  private static Position revokeLot(TestIdentity identity) {
    ChangeOutcome outcome = identity.change(ChangeKind.REVOKE, SelectorAttribute.LOT, "lot-1");
    assertThat(outcome).isInstanceOf(ChangeOutcome.Made.class);
    return ((ChangeOutcome.Made) outcome).change().position();
  }

  /**
   * Whatever a replica shows at or after the recall's number, it shows no one of the lot as good.
   */
  private static Void watch(
      RegistryStore store,
      List<TestSite> sites,
      AtomicInteger pushing,
      AtomicReference<Position> recall) {
    TestIdentity own = new TestIdentity(store);
    while (pushing.get() > 0 || recall.get() == null) {
      own.replica.poll();
      StatusView view = own.replica.view();
      if (view.position(TestSite.TENANT).reaches(new Position(0, 1))) {
        sites.forEach(site -> assertRecalled(view, site));
      }
    }
    return null;
  }

  private static void assertRecalled(StatusView view, TestSite site) {
    for (long index = 0; index < view.size(site.pki().logId()); index++) {
      assertThat(view.status(site.place(index)))
          .as("entry %s of %s at %s", index, site.name(), view.position(TestSite.TENANT))
          .contains(CredentialStatus.REVOKED);
    }
  }

  private static void assertOneChain(RegistryStore store) {
    List<RecordedChange> changes =
        store.read(tx -> tx.feed().after(TestSite.TENANT, Position.START, 1_000));
    assertThat(changes).hasSizeGreaterThan(1);
    assertThat(changes.getFirst().encoded().isFirst()).isTrue();
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i).encoded().follows(changes.get(i - 1).encoded())).isTrue();
    }
  }
}
