package dev.birthmark.enrollment.issuance;

import static java.util.Objects.requireNonNull;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.Growth;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.log.TlogProof;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.GroupDecision.Verdict;
import dev.birthmark.enrollment.registration.Refusals;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of a group through its transaction; used once, by one thread. */
final class GroupRun {
  private final Issuance issuance;
  private final List<GatedRequest> group;
  private final SortedMap<Integer, String> failed;

  /** Index in the group of each honoured member, by ordinal. */
  private final List<Integer> honoured = new ArrayList<>();

  /** By index in the group: what was decided. */
  private List<Verdict> verdicts = List.of();

  /** By ordinal: what was made. */
  private List<Signing.Made> made = List.of();

  private Optional<Growth> growth = Optional.empty();
  private String checkpoint = "";

  /**
   * Prepares a run.
   *
   * @param failed what is wrong with members that failed in an earlier run, by index in the group
   */
  GroupRun(Issuance issuance, List<GatedRequest> group, SortedMap<Integer, String> failed) {
    this.issuance = issuance;
    this.group = group;
    this.failed = failed;
  }

  /** The transaction, from the lock to everything but the commit. */
  GroupRun run(IssuanceTransaction transaction) {
    SiteHead site = transaction.site().lock();
    Optional<IssuanceOutcome.Refused> obstacle = issuance.obstacle(site);
    if (obstacle.isPresent()) {
      verdicts = group.stream().map(any -> (Verdict) new Verdict.Refused(obstacle.get())).toList();
      return this;
    }
    GroupDecision decision = decide(transaction, site);
    if (!decision.honoured().isEmpty()) {
      issue(transaction, site, decision);
    }
    List<Refusals> refusals = refusals();
    if (!refusals.isEmpty()) {
      transaction.orders().addRefused(refusals);
    }
    return this;
  }

  private GroupDecision decide(IssuanceTransaction transaction, SiteHead site) {
    SortedSet<String> devices = new TreeSet<>();
    SortedSet<Sha256> keys = new TreeSet<>();
    SortedSet<String> orders = new TreeSet<>();
    for (GatedRequest request : group) {
      devices.add(request.device().canonical());
      keys.add(request.key().hash());
      orders.add(request.order());
    }
    GroupDecision decision =
        issuance.decision(
            site,
            transaction.recalls(),
            transaction.orders().findAll(orders),
            transaction.log().ofDevices(devices),
            transaction.log().ofKeys(keys));
    List<Verdict> all = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      String fault = failed.get(i);
      Verdict verdict =
          fault == null
              ? decision.decide(group.get(i))
              : new Verdict.Refused(
                  new IssuanceOutcome.Refused(RefusalReason.ISSUANCE_FAILED, fault));
      if (verdict instanceof Verdict.Honoured) {
        honoured.add(i);
      }
      all.add(verdict);
    }
    verdicts = all;
    return decision;
  }

  private void issue(IssuanceTransaction transaction, SiteHead site, GroupDecision decision) {
    LogHead head = site.log();
    Instant now = issuance.now();
    Instant issuedAt = now.isAfter(head.time()) ? now.truncatedTo(ChronoUnit.SECONDS) : head.time();
    made = issuance.signing().make(decision.honoured(), site, issuedAt);
    List<IssuedCredential> credentials = made.stream().map(Signing.Made::credential).toList();
    Growth grown =
        head.edge().append(credentials.stream().map(IssuedCredential::leafHash).toList());
    checkpoint =
        issuance.logSigner().sign(head.origin(), grown.after().size(), grown.after().root());
    growth = Optional.of(grown);
    transaction.log().add(credentials);
    if (!grown.nodes().isEmpty()) {
      transaction.log().addNodes(head.log(), grown.nodes());
    }
    transaction.orders().addIssued(decision.taken());
    transaction
        .site()
        .move(new LogHead(head.ordinal(), head.origin(), grown.after(), checkpoint, issuedAt));
  }

  private List<Refusals> refusals() {
    SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
    for (int i = 0; i < group.size(); i++) {
      if (verdicts.get(i) instanceof Verdict.Refused refused
          && refused.outcome().reason() != RefusalReason.ORDER_UNKNOWN) {
        counts
            .computeIfAbsent(group.get(i).order(), order -> new TreeMap<>())
            .merge(refused.outcome().reason().label(), 1, Integer::sum);
      }
    }
    List<Refusals> refusals = new ArrayList<>();
    counts.forEach((order, reasons) ->
        reasons.forEach((reason, count) -> refusals.add(new Refusals(order, reason, count))));
    return refusals;
  }

  /** Whether {@link #run} got to its end. */
  boolean wasRun() {
    return !verdicts.isEmpty();
  }

  /** The index in the group of an honoured member. */
  int indexOf(int ordinal) {
    return honoured.get(ordinal);
  }

  /**
   * Whether this run's commit, whose outcome was unknown, took effect. A run that issued nothing is
   * taken as done: only its counts of refusals may be lost.
   */
  boolean tookEffect(IssuanceTransaction transaction) {
    transaction.site().lock();
    List<Sha256> keys = made.stream().map(one -> one.credential().key()).toList();
    List<IssuedCredential> there = transaction.log().ofKeys(keys);
    return there.size() == made.size()
        && made.stream().allMatch(one -> there.contains(one.credential()));
  }

  /** What is answered once the commit is known. */
  List<IssuanceOutcome> outcomes() {
    List<Enrollment> fresh = fresh();
    List<IssuedCredential> known = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Known one) {
        known.add(one.credential());
      }
    }
    SortedMap<String, Enrollment> old = issuance.enrollments().prove(known);
    List<IssuanceOutcome> outcomes = new ArrayList<>(verdicts.size());
    for (Verdict verdict : verdicts) {
      outcomes.add(
          switch (verdict) {
            case Verdict.Honoured one ->
                new IssuanceOutcome.Issued(fresh.get(one.member().ordinal()));
            case Verdict.SameAs one ->
                new IssuanceOutcome.AlreadyIssued(fresh.get(one.member().ordinal()));
            case Verdict.Known one ->
                new IssuanceOutcome.AlreadyIssued(
                    requireNonNull(old.get(one.credential().device().canonical())));
            case Verdict.Refused one -> one.outcome();
          });
    }
    return outcomes;
  }

  private List<Enrollment> fresh() {
    if (growth.isEmpty()) {
      return List.of();
    }
    SignedNote note = note(checkpoint);
    List<Enrollment> fresh = new ArrayList<>(made.size());
    for (Signing.Made one : made) {
      TlogProof proof =
          TlogProof.of(growth.get().inclusion(one.credential().place().index()), note);
      fresh.add(
          new Enrollment(one.credential(), one.entry(), one.serial(), one.fingerprint(), proof));
    }
    return fresh;
  }

  static SignedNote note(String checkpoint) {
    try {
      return SignedNote.parse(checkpoint);
    } catch (MalformedException e) {
      throw new IllegalStateException("a checkpoint of ours cannot be read", e);
    }
  }
}
