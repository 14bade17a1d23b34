package dev.birthmark.enrollment.server.issuing;

import static dev.birthmark.enrollment.uplink.TestSite.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.edge.problem.ProblemException;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.uplink.InMemorySiteStore;
import dev.birthmark.enrollment.uplink.TestSite;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {

  /** A custody whose signing can be held up and can break. */
  private static final class Custody implements KeyCustody {
    private final TestKey key;
    private final CountDownLatch signing = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private volatile boolean held;
    private volatile boolean broken;

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
      if (broken) {
        throw new StackOverflowError("as if");
      }
      if (held) {
        signing.countDown();
        try {
          mayGoOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return key.sign(message);
    }

    @Override
    public List<byte[]> signAll(List<byte[]> messages) {
      return messages.stream().map(this::sign).toList();
    }
  }

  private final TestPki pki = TestPki.of("queue");
  private final Custody custody = new Custody(pki.issuerKey());
  private final TestSite site = new TestSite(pki, new InMemorySiteStore(), custody);
  private final ConcurrentLinkedQueue<Place> issued = new ConcurrentLinkedQueue<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final GroupCommit groups =
      new GroupCommit(site.issuance, issued::add, new IssuingMetrics(metrics));
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void openAnOrder() {
    site.found(SiteState.OPEN);
    site.order("o-1", 100);
  }

  @AfterEach
  void end() throws Exception {
    custody.mayGoOn.countDown();
    groups.end(new ShutdownEvent());
    callers.shutdownNow();
  }

  @Test
  void thoseWhoWaitWhileAGroupIsIssuedAreTheNextGroup() throws Exception {
    custody.held = true;
    Future<IssuanceOutcome> first = callers.submit(() -> issue("dev-0", 0));
    custody.signing.await();
    List<Future<IssuanceOutcome>> next =
        List.of(callers.submit(() -> issue("dev-1", 1)), callers.submit(() -> issue("dev-2", 2)));
    while (groups.waiting() < 3) {
      Thread.onSpinWait();
    }
    custody.mayGoOn.countDown();

    assertThat(first.get()).isInstanceOf(IssuanceOutcome.Issued.class);
    for (Future<IssuanceOutcome> one : next) {
      assertThat(one.get()).isInstanceOf(IssuanceOutcome.Issued.class);
    }
    assertThat(metrics.get("birthmark.issuing.group").summary().max()).isGreaterThanOrEqualTo(1);
    assertThat(metrics.get("birthmark.issuing.group").summary().totalAmount()).isEqualTo(3);
    assertThat(issued).extracting(Place::index).last().isEqualTo(2L);
    assertThat(groups.waiting()).isZero();
  }

  @Test
  void whatWaitsWhenTheServiceEndsIsStillIssued() throws Exception {
    custody.held = true;
    Future<IssuanceOutcome> underWay = callers.submit(() -> issue("dev-0", 0));
    custody.signing.await();
    Future<IssuanceOutcome> waiting = callers.submit(() -> issue("dev-1", 1));
    while (groups.waiting() < 2) {
      Thread.onSpinWait();
    }
    Future<?> ending =
        callers.submit(() -> {
          groups.end(new ShutdownEvent());
          return null;
        });
    custody.mayGoOn.countDown();

    ending.get();
    assertThat(underWay.get()).isInstanceOf(IssuanceOutcome.Issued.class);
    assertThat(waiting.state()).isNotEqualTo(Future.State.CANCELLED);
    answered(waiting);
    assertThatThrownBy(() -> issue("dev-2", 2)).isInstanceOf(RejectedExecutionException.class);
  }

  /**
   * It was handed over before the end or just after: both are answers, waiting for ever is none.
   */
  private static void answered(Future<IssuanceOutcome> waiting) throws Exception {
    try {
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(IssuanceOutcome.Issued.class);
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void anErrorReachesThoseWhoWaitedAndTheNextAreIssued() {
    custody.broken = true;
    assertThatThrownBy(() -> issue("dev-0", 0)).hasRootCauseInstanceOf(StackOverflowError.class);
    custody.broken = false;
    assertThat(issue("dev-0", 0)).isInstanceOf(IssuanceOutcome.Issued.class);
    assertThat(groups.waiting()).isZero();
  }

  @Test
  void moreThanCanWaitAreToldToComeBack() {
    List<GatedRequest> many = Collections.nCopies(20_001, request("dev-0", "o-1", 0));
    assertThatThrownBy(() -> groups.issue(many)).isInstanceOf(ProblemException.class);
    assertThat(groups.waiting()).isZero();
  }

  private IssuanceOutcome issue(String device, int key) {
    return groups.issue(List.of(request(device, "o-1", key))).get(0);
  }
}
