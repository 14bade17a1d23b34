package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Decider;
import dev.birthmark.identity.authentication.Decision;
import dev.birthmark.identity.authentication.Moment;
import dev.birthmark.identity.authentication.Policy;
import dev.birthmark.identity.authentication.Presented;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.authentication.VerifiedSignatures;
import dev.birthmark.identity.revocation.ChangeOutcome;
import dev.birthmark.identity.revocation.ChangeRequest;
import dev.birthmark.identity.revocation.Changes;
import dev.birthmark.identity.revocation.Feed;
import dev.birthmark.identity.revocation.HeadSigner;
import dev.birthmark.identity.revocation.Installation;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The identity service's domain, wired over a store as the server wires it. */
public final class TestIdentity {
  /** The age beyond which status is stale. */
  public static final Duration BOUND = Duration.ofSeconds(30);

  public final RegistryStore store;
  public final AtomicLong nanos = new AtomicLong();
  public final TestKey cosigner = TestKey.of(KeyAlgorithm.ED25519, 77);
  public final HeadSigner heads = new HeadSigner(TestPki.BASE, cosigner);
  public final SiteDirectory directory = new SiteDirectory(TestPki.verifier());
  public final Cosigner cosigning = new Cosigner("id.example.test/cosigner", cosigner);
  public final TagKey tags = new TagKey(new byte[32]);
  public final Feed feed = new Feed(heads);
  public final Sites sites;
  public final Ingest ingest;
  public final Replica replica;
  public final Changes changes;
  public final Decider decider;
  private int requests;

  /** Over a store. */
  public TestIdentity(RegistryStore store) {
    this.store = store;
    this.sites =
        new Sites(store, TestPki.verifier(), cosigning, heads, List.of(new Octets(new byte[] {1})));
    this.ingest =
        new Ingest(store, directory, TestPki.verifier(), new Registration(tags, feed), cosigning);
    this.replica = new Replica(store, directory, nanos::get, () -> TestPki.NOW);
    this.changes = new Changes(store, feed, replica);
    this.decider = new Decider(new VerifiedSignatures(TestPki.verifier(), 64), tags);
    Installation.begin(store);
  }

  /** Registers a site. */
  public void register(TestSite site) {
    SiteOutcome outcome = sites.register(TestSite.TENANT, "admin", site.bundle(1));
    if (!(outcome instanceof SiteOutcome.Registered)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  /** Makes a change by one attribute. */
  public ChangeOutcome change(ChangeKind kind, SelectorAttribute by, String value) {
    return change("request-" + requests++, kind, by, value);
  }

  /** Makes a change by one attribute, with an idempotency key. */
  public ChangeOutcome change(String key, ChangeKind kind, SelectorAttribute by, String value) {
    return changes.execute(
        new ChangeRequest(
            TestSite.TENANT,
            key,
            kind,
            kind == ChangeKind.RESTORE ? Reason.REMOVE_FROM_CRL : Reason.RECALL,
            Selector.of(by, value)));
  }

  /** Decides about a certificate that is presented alone. */
  public Decision decide(DeviceCertificate certificate) {
    return decide(new Presented.Chain(List.of(certificate.der())));
  }

  /** Decides. */
  public Decision decide(Presented presented) {
    return decider.decide(
        presented,
        ConnectionFacts.NONE,
        replica.anchors(),
        replica.view(),
        policy(),
        new Moment(TestPki.NOW, nanos.get()));
  }

  /** The policy of decisions: the model that may go on is {@code ambulance}. */
  public static Policy policy() {
    return new Policy(BOUND, new TreeSet<>(List.of("ambulance")));
  }

  /** In one word: {@code allow}, or the reason of the refusal. */
  public static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> "allow";
      case Decision.Deny deny -> deny.reason().text();
    };
  }
}
