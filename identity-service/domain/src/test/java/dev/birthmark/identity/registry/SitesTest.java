package dev.birthmark.identity.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.identity.registry.SiteOutcome.Refusal;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of registering sites. A store's own tests may run them too. */
public class SitesTest {
  private final TestSite berlin = new TestSite("berlin");
  private final TestSite porto = new TestSite("porto");
  private Sites sites;

  /** The store that the rules are tried on. */
  protected RegistryStore newStore() {
    return new InMemoryRegistryStore(() -> TestPki.NOW);
  }

  @BeforeEach
  void wire() {
    sites = new TestIdentity(newStore()).sites;
  }

  @Test
  void registersASiteOnceAndAnswersAgain() {
    assertThat(register(berlin.bundle(1)))
        .isInstanceOfSatisfying(
            SiteOutcome.Registered.class,
            registered -> {
              assertThat(registered.fresh()).isTrue();
              assertThat(registered.bundle().site()).isEqualTo("berlin");
            });
    assertThat(sites.byClientKey(berlin.clientKey().publicKey())).isPresent();
    assertThat(sites.byClientKey(porto.clientKey().publicKey())).isEmpty();
    assertThat(sites.list(TestSite.TENANT)).hasSize(1);
    assertThat(sites.list(TestSite.TENANT).getFirst().logs()).hasSize(1);
  }

  @Test
  void takesAHigherNumberAndRefusesALowerOne() {
    register(berlin.bundle(2));
    assertRefused(register(berlin.bundle(1)), Refusal.BUNDLE_SUPERSEDED);
    assertThat(register(berlin.bundle(3))).isInstanceOf(SiteOutcome.Registered.class);
    assertThat(sites.list(TestSite.TENANT).getFirst().site().number()).isEqualTo(3);
    assertThat(sites.list(TestSite.TENANT).getFirst().logs()).hasSize(1);
  }

  @Test
  void refusesABundleOfAnotherTenantAndWhatIsNone() {
    assertRefused(sites.register("another", "admin", berlin.bundle(1)), Refusal.TENANT_MISMATCH);
    assertRefused(register("nonsense"), Refusal.BUNDLE_MALFORMED);
    String bundle = berlin.bundle(1);
    assertRefused(
        register(bundle.substring(0, 200) + "AAAA" + bundle.substring(204)),
        Refusal.BUNDLE_MALFORMED);
  }

  @Test
  void refusesALogThatExtendsAnotherSites() {
    register(berlin.bundle(1));
    TestKey key = TestKey.of(KeyAlgorithm.ED25519, Math.floorMod("porto".hashCode(), 1_000_000));
    NoteKey extending = new NoteKey(berlin.log().name() + "/2", key.publicKey());
    assertRefused(register(porto.bundle(1, TestSite.TENANT, extending)), Refusal.LOG_TAKEN);
    assertThat(register(porto.bundle(1))).isInstanceOf(SiteOutcome.Registered.class);
  }

  @Test
  void reopensNothingThatIsNotRegistered() {
    assertRefused(sites.reopen(berlin.name()), Refusal.SITE_UNKNOWN);
  }

  @Test
  void closesAnEmptyLogTooWhenItReopensAgain() {
    register(berlin.bundle(1));
    SiteOutcome.Reopened first = (SiteOutcome.Reopened) sites.reopen(berlin.name());
    SiteOutcome.Reopened second = (SiteOutcome.Reopened) sites.reopen(berlin.name());

    assertThat(second.closed()).isEqualTo(first.next());
    assertThat(second.nextOrigin()).endsWith("/3");
  }

  private SiteOutcome register(String bundle) {
    return sites.register(TestSite.TENANT, "admin", bundle);
  }

  private static void assertRefused(SiteOutcome outcome, Refusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SiteOutcome.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }
}
