package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.site.ClockGuard;
import dev.birthmark.enrollment.site.CommitOutcomeUnknownException;
import dev.birthmark.enrollment.site.MonotonicClock;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The certification authority of a site: issues for groups of gated requests. Safe for use by
 * several threads and processes, whose groups follow each other on the lock of the site's row.
 */
public final class Issuance {
  /** The largest group that is taken at all. */
  public static final int MAX_GROUP = SigningPace.MAX_GROUP;

  private static final int COMMITS_IN_DOUBT = 3;

  private final SiteStore<? extends IssuanceTransaction> store;
  private final String site;
  private final Issuer issuer;
  private final LogSigner logSigner;
  private final SortedMap<String, IssuingProfile> profiles = new TreeMap<>();
  private final InstantSource clock;
  private final ClockGuard clockGuard;
  private final Signing signing;
  private final Enrollments enrollments;
  private volatile @Nullable RecallIndex recalls;

  /**
   * A site's issuance.
   *
   * @param site the site's name
   * @param issuer who signs
   * @param logSigner signs the heads of the log
   * @param profiles that orders may name, each name once
   * @param verifier checks what was signed
   */
  public Issuance(
      SiteStore<? extends IssuanceTransaction> store,
      String site,
      Issuer issuer,
      LogSigner logSigner,
      List<IssuingProfile> profiles,
      InstantSource clock,
      MonotonicClock monotonic,
      ClockGuard clockGuard,
      SerialRandomness randomness,
      SignatureVerifier verifier) {
    this.store = store;
    this.site = site;
    this.issuer = issuer;
    this.logSigner = logSigner;
    this.clock = clock;
    this.clockGuard = clockGuard;
    this.signing = new Signing(issuer, randomness, monotonic, verifier);
    this.enrollments = new Enrollments(store);
    for (IssuingProfile profile : profiles) {
      if (this.profiles.put(profile.name(), profile) != null) {
        throw new IllegalArgumentException("two profiles of one name");
      }
    }
  }

  /**
   * How many members a group should have at most, so that the custody signs for them within 200 ms;
   * 1 to {@link #MAX_GROUP}, by what was measured so far.
   */
  public int groupLimit() {
    return signing.groupLimit();
  }

  /**
   * Issues for a group in one transaction. A member that fails harms no other: the group rolls back
   * and runs again without it.
   *
   * @param group 1 to {@link #MAX_GROUP} requests; two that want the same are decided in this order
   * @return one outcome for each, in the same order; everything in them is durable
   * @throws StoreUnavailableException if it is not known what was issued: whoever asks again gets
   *     the certificate that was, or a new one
   * @throws KeyCustodyException if the issuer's key cannot be used now; nothing was issued
   */
  public List<IssuanceOutcome> issue(List<GatedRequest> group) {
    if (group.isEmpty() || group.size() > MAX_GROUP) {
      throw new IllegalArgumentException("group of " + group.size());
    }
    SortedMap<Integer, String> failed = new TreeMap<>();
    Optional<GroupRun> inDoubt = Optional.empty();
    int doubts = 0;
    while (true) {
      GroupRun run = new GroupRun(this, group, Collections.unmodifiableSortedMap(failed));
      Optional<GroupRun> earlier = inDoubt;
      try {
        GroupRun done =
            store.write(transaction ->
                earlier
                    .filter(doubtful -> doubtful.tookEffect(transaction))
                    .orElseGet(() -> run.run(transaction)));
        return done.outcomes();
      } catch (MembersFailedException e) {
        e.faults().forEach((ordinal, fault) -> failed.put(run.indexOf(ordinal), fault));
        // The doubtful run was not applied, or this one would not have been made.
        inDoubt = Optional.empty();
      } catch (CommitOutcomeUnknownException e) {
        if (++doubts == COMMITS_IN_DOUBT) {
          throw new StoreUnavailableException("the group's commit stayed in doubt", e);
        }
        inDoubt = run.wasRun() ? Optional.of(run) : inDoubt;
      }
    }
  }

  /** Why the site issues nothing now, for readiness; empty if it does. */
  public Optional<IssuanceOutcome.Refused> obstacle() {
    return store
        .read(transaction -> transaction.site().head())
        .map(this::obstacle)
        .orElse(Optional.of(notRegistered()));
  }

  Optional<IssuanceOutcome.Refused> obstacle(SiteHead head) {
    SiteState state = head.standing().state();
    if (!head.inItsDatabase() && state != SiteState.HALTED) {
      return Optional.of(
          new IssuanceOutcome.Refused(
              RefusalReason.SITE_RECOVERING, "the site's database was put back or promoted"));
    }
    String why = head.standing().reason();
    return switch (state) {
      case OPEN ->
          clockGuard.trusted()
              ? Optional.empty()
              : Optional.of(
                  new IssuanceOutcome.Refused(
                      RefusalReason.CLOCK,
                      "the site's clock is "
                          + clockGuard.difference().toSeconds()
                          + " s from the identity service's"));
      case UNREGISTERED -> Optional.of(notRegistered());
      case RECOVERING, WAITING_REOPEN ->
          Optional.of(
              new IssuanceOutcome.Refused(
                  RefusalReason.SITE_RECOVERING, why.isEmpty() ? state.label() : why));
      case HALTED -> Optional.of(new IssuanceOutcome.Refused(RefusalReason.SITE_HALTED, why));
    };
  }

  private static IssuanceOutcome.Refused notRegistered() {
    return new IssuanceOutcome.Refused(
        RefusalReason.SITE_NOT_REGISTERED, "the identity service does not know the site yet");
  }

  GroupDecision decision(
      SiteHead head,
      RecallRecords records,
      SortedMap<String, OrderAccount> orders,
      List<IssuedCredential> ofDevices,
      List<IssuedCredential> ofKeys) {
    Octets issuerKey = issuer.certificate().subjectKeyIdentifier().orElseThrow();
    return new GroupDecision(
        profiles, orders, recallsAt(head, records), issuerKey, site, ofDevices, ofKeys);
  }

  /** Under the lock the position says whether what is remembered is still so. */
  private RecallIndex recallsAt(SiteHead head, RecallRecords records) {
    RecallIndex remembered = recalls;
    if (remembered == null || !remembered.isAsOf(head.feed())) {
      remembered = new RecallIndex(head.feed(), records.inForce());
      recalls = remembered;
    }
    return remembered;
  }

  Instant now() {
    return clock.instant();
  }

  Signing signing() {
    return signing;
  }

  LogSigner logSigner() {
    return logSigner;
  }

  Enrollments enrollments() {
    return enrollments;
  }
}
