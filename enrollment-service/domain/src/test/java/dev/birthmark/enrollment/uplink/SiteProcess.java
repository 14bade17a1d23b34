package dev.birthmark.enrollment.uplink;

import static dev.birthmark.enrollment.uplink.TestSite.request;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.registration.OrderRequest;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.testkit.pki.TestPki;
import java.util.List;

/** What one process of a site does between its start and its end, and what it answered. */
final class SiteProcess {
  static final String NAME = "eta";
  static final int DEVICES = 4;

  final TestSite site;
  final LogPush push;
  final FeedFollow feed;
  final SiteLife life;
  final List<IssuedCredential> answered;

  SiteProcess(
      SiteStore<SiteTransaction> store,
      IdentityUplink identity,
      KeyCustody custody,
      List<IssuedCredential> answered) {
    this.answered = answered;
    site = new TestSite(TestPki.of(NAME), store, custody);
    push =
        new LogPush(
            store,
            identity,
            FakeIdentity.bundle(NAME),
            TestPki.verifier(),
            site.logSigner,
            site.clockGuard);
    feed =
        new FeedFollow(
            store, identity, FakeIdentity.bundle(NAME), TestPki.verifier(), NAME, site::now);
    life =
        new SiteLife(
            store,
            identity,
            FakeIdentity.bundle(NAME),
            site.pki.issuer(),
            TestPki.verifier(),
            site.logSigner,
            site.clockGuard,
            push);
  }

  /** Registers, recovers, opens an order, issues two groups, pushes and follows the feed. */
  void work() {
    while (life.step().state() != SiteState.OPEN) {
      // Registration and recovery go step by step.
    }
    site.registration.open(new OrderRequest("o-1", "model-1", "", "lot-1", "", DEVICES), "f");
    issue(0, 1);
    issue(2, 3);
    push.push();
    feed.follow();
  }

  private void issue(int one, int two) {
    for (IssuanceOutcome outcome :
        site.issue(request("dev-" + one, "o-1", one), request("dev-" + two, "o-1", two))) {
      switch (outcome) {
        case IssuanceOutcome.Issued issued -> answered.add(issued.enrollment().credential());
        case IssuanceOutcome.AlreadyIssued known -> answered.add(known.enrollment().credential());
        case IssuanceOutcome.Refused refused -> throw new AssertionError(refused.detail());
      }
    }
  }
}
