package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.EntryFacts;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.revocation.ForceRecords.Holding;
import dev.birthmark.identity.revocation.ForceRecords.InForce;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settles what an ingest brought against the changes in force, as if it had been there when each of
 * them was made: what they withdraw is withdrawn by follow-on changes, and a bit that no change in
 * force holds is freed. Called under the feed's lock, shared.
 */
public final class LateArrivals {
  private final RevocationTransaction transaction;
  private final String tenant;
  private final LogId log;

  /** For one ingest into one log. */
  public LateArrivals(RevocationTransaction transaction, String tenant, LogId log) {
    this.transaction = transaction;
    this.tenant = tenant;
    this.log = log;
  }

  /**
   * What is to be written, and which arrivals a withdrawal in force matches.
   *
   * @param drafts follow-ons in the order of their causes, then what is freed
   * @param matched by index, the earliest withdrawal in force that matches
   */
  public record Settlement(List<Draft> drafts, SortedMap<Long, Position> matched) {}

  /** Settles arrivals, by index; all of the log's new entries lie at or beyond {@code from}. */
  public Settlement settle(long from, SortedMap<Long, EntryFacts> arrivals) {
    List<Holding> early = transaction.force().holdingsFrom(tenant, log, from);
    SortedMap<Term, List<InForce>> inForce = inForce(arrivals.values());
    SortedMap<Position, InForce> causes = new TreeMap<>();
    SortedMap<Position, List<Place>> withdrawn = new TreeMap<>();
    SortedMap<Long, Position> matched = new TreeMap<>();
    arrivals.forEach((index, facts) -> {
      Place place = new Place(log, index);
      for (InForce change : standing(candidates(inForce, facts))) {
        matched.merge(index, change.position(), (one, two) -> one);
        if (!isSettled(early, change, place)) {
          causes.put(change.position(), change);
          withdrawn.computeIfAbsent(change.position(), key -> new ArrayList<>()).add(place);
        }
      }
    });
    List<Draft> drafts = new ArrayList<>();
    withdrawn.forEach((position, places) -> {
      InForce cause = causes.get(position);
      if (cause != null) {
        drafts.add(Draft.followOn(cause, Members.of(places)));
      }
    });
    freed(early, arrivals, drafts).ifPresent(drafts::add);
    return new Settlement(drafts, matched);
  }

  /**
   * Goes through the matching changes by number, as they would have struck: a restore by device or
   * certificate takes away the holds before it, a revocation stays.
   */
  private static List<InForce> standing(SortedMap<Position, InForce> matching) {
    List<InForce> standing = new ArrayList<>();
    for (InForce change : matching.values()) {
      switch (change.kind()) {
        case REVOKE, SUSPEND -> standing.add(change);
        case RESTORE -> standing.removeIf(earlier -> earlier.kind() == ChangeKind.SUSPEND);
        case UNDO, PARTY_DISABLE, PARTY_ENABLE -> {}
      }
    }
    return standing;
  }

  /** A hold that was made for the place already, and perhaps lifted, is not made again. */
  private static boolean isSettled(List<Holding> early, InForce change, Place place) {
    return early.stream()
        .anyMatch(holding ->
            holding.change().equals(change.position())
                && (holding.held().contains(place) || holding.lifted().contains(place)));
  }

  private Optional<Draft> freed(
      List<Holding> early, SortedMap<Long, EntryFacts> arrivals, List<Draft> drafts) {
    List<Place> places = arrivals.keySet().stream().map(index -> new Place(log, index)).toList();
    Members set = new StatusPlanes(transaction.status()).among(PlaneCode.HELD, Members.of(places));
    List<Members> held = new ArrayList<>();
    early.stream()
        .filter(holding -> holding.kind() == ChangeKind.SUSPEND)
        .forEach(holding -> held.add(holding.held()));
    drafts.stream()
        .filter(draft -> draft.kind() == ChangeKind.SUSPEND)
        .forEach(draft -> held.add(draft.members()));
    Members free = set.minus(Members.unionOf(held));
    return free.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Draft(
                ChangeKind.RESTORE,
                Reason.REMOVE_FROM_CRL,
                Draft.NO_REQUEST,
                Optional.empty(),
                Selector.none(),
                free));
  }

  private SortedMap<Term, List<InForce>> inForce(Collection<EntryFacts> arrivals) {
    SortedSet<Term> terms = new TreeSet<>();
    arrivals.forEach(facts -> terms.addAll(Term.of(facts)));
    SortedMap<Term, List<InForce>> byTerm = new TreeMap<>();
    for (InForce change : transaction.force().matching(tenant, terms)) {
      byTerm
          .computeIfAbsent(Term.of(change.selector()).getFirst(), key -> new ArrayList<>())
          .add(change);
    }
    return byTerm;
  }

  private static SortedMap<Position, InForce> candidates(
      SortedMap<Term, List<InForce>> byTerm, EntryFacts facts) {
    SortedMap<Position, InForce> matching = new TreeMap<>();
    if (!byTerm.isEmpty()) {
      for (Term term : Term.of(facts)) {
        for (InForce change : byTerm.getOrDefault(term, List.of())) {
          if (change.selector().matches(facts)) {
            matching.put(change.position(), change);
          }
        }
      }
    }
    return matching;
  }
}
