package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.enrollment.issuance.Enrollments;
import dev.birthmark.enrollment.issuance.GatedRequest;
import dev.birthmark.enrollment.issuance.Issuance;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.Issuer;
import dev.birthmark.enrollment.issuance.IssuingProfile;
import dev.birthmark.enrollment.issuance.LogPublication;
import dev.birthmark.enrollment.issuance.LogSigner;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.registration.OrderOpening;
import dev.birthmark.enrollment.registration.OrderRequest;
import dev.birthmark.enrollment.registration.Registration;
import dev.birthmark.enrollment.site.ClockGuard;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.Standing;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** A site's domain over any store, with real keys and clocks that stand still. */
public final class TestSite {
  /** Whose site it is. */
  public static final String TENANT = "default";

  /** The name of the profile that takes P-256 and Ed25519 keys for ever. */
  public static final String PROFILE = "device";

  private static final int LOG_KEY = 1_900_000_000;
  private static final AtomicLong SERIALS = new AtomicLong();

  public final TestPki pki;
  public final TestKey logKey;
  public final LogSigner logSigner;
  public final SiteStore<SiteTransaction> store;
  public final ClockGuard clockGuard;
  public final Issuance issuance;
  public final Registration registration;
  public final Enrollments enrollments;
  public final LogPublication publication;
  private Instant now = TestPki.NOW;
  private long nanos;

  /** The domain of site {@code name}, whose issuer signs with its own key. */
  public TestSite(String name, SiteStore<SiteTransaction> store) {
    this(TestPki.of(name), store, TestPki.of(name).issuerKey());
  }

  /** The domain of a site whose issuer's key is kept by this custody. */
  public TestSite(TestPki pki, SiteStore<SiteTransaction> store, KeyCustody custody) {
    this.pki = pki;
    this.store = store;
    logKey = TestKey.of(KeyAlgorithm.ED25519, LOG_KEY + Math.floorMod(pki.name().hashCode(), 1000));
    logSigner = new LogSigner(pki.origin(), logKey);
    clockGuard = new ClockGuard(() -> now, () -> nanos);
    IssuingProfile profile =
        new IssuingProfile(
            PROFILE,
            EnumSet.of(KeyAlgorithm.P256, KeyAlgorithm.ED25519),
            CertificateContent.FULL,
            Optional.empty());
    issuance =
        new Issuance(
            store,
            pki.name(),
            new Issuer(pki.issuer(), custody, TestPki.BASE),
            logSigner,
            List.of(profile),
            () -> now,
            () -> nanos,
            clockGuard,
            SERIALS::incrementAndGet,
            TestPki.verifier());
    registration =
        new Registration(store, () -> now, TENANT, PROFILE, new TreeSet<>(List.of(PROFILE)));
    enrollments = new Enrollments(store);
    publication = new LogPublication(store);
  }

  /** A clock that this fixture sets. */
  public Instant now() {
    return now;
  }

  /** Sets the site's clock. */
  public void setClock(Instant time) {
    now = time;
  }

  /** Lets time pass, on both clocks. */
  public void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Lets the monotonic clock go on alone: the site's clock was set back. */
  public void passUnseen(Duration time) {
    nanos += time.toNanos();
  }

  /** The monotonic clock. */
  public long nanos() {
    return nanos;
  }

  /** Makes the site's row, in this state. */
  public TestSite found(SiteState state) {
    store.write(
        transaction -> transaction.site().found(Standing.of(state), logSigner.open(1, now)));
    return this;
  }

  /** The site's row. */
  public SiteHead head() {
    return store.read(transaction -> transaction.site().head().orElseThrow());
  }

  /** Opens an order for model-1, lot-1. */
  public OrderAccount order(String id, int quantity) {
    return order(id, "lot-1", quantity);
  }

  /** Opens an order for model-1. */
  public OrderAccount order(String id, String lot, int quantity) {
    OrderOpening opening =
        registration.open(new OrderRequest(id, "model-1", "r1", lot, "", quantity), "factory-1");
    if (opening instanceof OrderOpening.Opened opened) {
      return opened.account();
    }
    throw new IllegalStateException("not opened: " + opening);
  }

  /** The order as it is now. */
  public OrderAccount account(String id) {
    return registration.find(id).orElseThrow();
  }

  /** A gated request with P-256 key number {@code key}. */
  public static GatedRequest request(String device, String order, int key) {
    return new GatedRequest(
        new DeviceId(device), order, TestKey.p256(key).publicKey(), "factory-1", "station-7");
  }

  /** Issues for one group. */
  public List<IssuanceOutcome> issue(GatedRequest... group) {
    return issuance.issue(Arrays.asList(group));
  }
}
