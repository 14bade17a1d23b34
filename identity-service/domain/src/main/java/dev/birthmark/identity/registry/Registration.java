package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.EntryFacts;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.registry.EntryCheck.Checked;
import dev.birthmark.identity.registry.Findings.Finding;
import dev.birthmark.identity.revocation.Draft;
import dev.birthmark.identity.revocation.Feed;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.LateArrivals;
import dev.birthmark.identity.revocation.PlaneCode;
import dev.birthmark.identity.revocation.StatusPlanes;
import dev.birthmark.identity.revocation.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Registers the entries of one push: claims in key order, then credentials and memberships, then,
 * under the feed's lock, what the feed has to say about them.
 */
public final class Registration {
  private final TagKey tags;
  private final Feed feed;

  /** With the installation's tag key and the writer of feeds. */
  public Registration(TagKey tags, Feed feed) {
    this.tags = tags;
    this.feed = feed;
  }

  /**
   * What was registered and what is to be said of it.
   *
   * @param site whose push
   * @param log into which log
   * @param from index of the first entry
   * @param bad the indexes that are mirrored only
   * @param arrivals what selectors are matched with, by index
   * @param feeds how much of the feed the site had applied, by index
   * @param findings what is wrong with registered credentials
   * @param alarms to be raised
   * @param lastIssuedAt of the log after it
   * @param now the database's time
   */
  record Result(
      Site site,
      LogId log,
      long from,
      SortedSet<Long> bad,
      SortedMap<Long, EntryFacts> arrivals,
      SortedMap<Long, Position> feeds,
      List<Finding> findings,
      List<Alarm> alarms,
      Optional<Instant> lastIssuedAt,
      Instant now) {

    Alarm alarm(Alarm.Kind kind, long index, String detail) {
      return new Alarm(
          site.name().tenant(),
          kind,
          Optional.of(site.name().site()),
          Optional.of(log),
          Long.toString(index),
          now,
          detail);
    }
  }

  Result register(
      RegistryTransaction tx,
      Site site,
      LogId log,
      long from,
      Optional<Instant> lastIssuedAt,
      List<Checked> checked,
      Instant now) {
    List<Checked.Good> good = new ArrayList<>(checked.size());
    SortedMap<Long, String> bad = new TreeMap<>();
    Optional<Instant> latest = sort(checked, lastIssuedAt, good, bad);
    CredentialRecords records = tx.credentials();
    Lineage lineage = Lineage.of(records, site, log, good);
    SortedMap<Facts, Integer> factIds = records.claimFacts(new TreeSet<>(lineage.facts().values()));
    List<Finding> findings = new Findings(tx, site, log, lineage, now).of(good);
    insert(records, site, log, good, lineage, factIds);
    Result result =
        new Result(
            site,
            log,
            from,
            new TreeSet<>(bad.keySet()),
            arrivals(site, good, lineage),
            new TreeMap<>(),
            findings,
            new ArrayList<>(),
            latest,
            now);
    good.forEach(entry -> result.feeds().put(entry.index(), Position.of(entry.entry())));
    addMembers(records, log, result.arrivals());
    if (!bad.isEmpty()) {
      new StatusPlanes(tx.status()).set(PlaneCode.BAD, members(log, bad.keySet()));
      bad.forEach((index, detail) ->
          result.alarms().add(result.alarm(Alarm.Kind.BAD_ENTRY, index, detail)));
    }
    return result;
  }

  /**
   * Takes the feed's lock shared, settles the arrivals with the changes in force and holds what was
   * found wrong.
   *
   * @param moveLog moves the log's row, given the feed position that is valid at the commit
   */
  Position settle(RegistryTransaction tx, Result result, Consumer<Position> moveLog) {
    String tenant = result.site().name().tenant();
    tx.feed().lockShared(tenant);
    LateArrivals.Settlement settlement =
        new LateArrivals(tx, tenant, result.log()).settle(result.from(), result.arrivals());
    List<Draft> drafts = new ArrayList<>(settlement.drafts());
    SortedMap<Reason, Integer> numbered = new TreeMap<>();
    for (Reason reason : Reason.values()) {
      List<Place> places = places(result, reason);
      if (!places.isEmpty()) {
        drafts.add(Draft.hold(reason, Members.of(places)));
        numbered.put(reason, drafts.size());
      }
    }
    FeedRow head =
        drafts.isEmpty()
            ? tx.feed().head(tenant).orElse(FeedRow.empty(tenant))
            : tx.feed().lockHead(tenant);
    Position last =
        new Position(head.position().incarnation(), head.position().number() + drafts.size());
    moveLog.accept(last);
    if (!drafts.isEmpty()) {
      feed.append(tx, head, result.now(), drafts);
      note(tx, result, head.position(), numbered);
    }
    raise(tx, result, settlement);
    return last;
  }

  private static Optional<Instant> sort(
      List<Checked> checked,
      Optional<Instant> lastIssuedAt,
      List<Checked.Good> good,
      SortedMap<Long, String> bad) {
    Optional<Instant> latest = lastIssuedAt;
    for (Checked one : checked) {
      switch (one) {
        case Checked.Bad(long index, String detail) -> bad.put(index, detail);
        case Checked.Good entry -> {
          Instant issuedAt = entry.entry().issuedAt();
          if (latest.isPresent() && issuedAt.isBefore(latest.get())) {
            bad.put(entry.index(), "issuedAt: before that of the entry before");
          } else {
            latest = Optional.of(issuedAt);
            good.add(entry);
          }
        }
      }
    }
    return latest;
  }

  private void insert(
      CredentialRecords records,
      Site site,
      LogId log,
      List<Checked.Good> good,
      Lineage lineage,
      SortedMap<Facts, Integer> factIds) {
    List<Credential> credentials = new ArrayList<>(good.size());
    for (Checked.Good entry : good) {
      Sha256 fingerprint = entry.certificate().fingerprint();
      Integer facts = factIds.get(lineage.factsAt(entry.index()));
      if (facts == null) {
        throw new IllegalStateException("facts without an id");
      }
      credentials.add(
          new Credential(
              new Place(log, entry.index()),
              site.name().tenant(),
              entry.device(),
              entry.certificate().serial(),
              fingerprint,
              entry.certificate().publicKey().hash(),
              tags.tag(fingerprint),
              facts,
              entry.certificate().notBefore(),
              entry.certificate().notAfter(),
              entry.entry().issuedAt(),
              entry.entry().warrant() instanceof Warrant.Renewal(Place renewed)
                  ? Optional.of(renewed)
                  : Optional.empty()));
    }
    records.insert(credentials);
  }

  private static SortedMap<Long, EntryFacts> arrivals(
      Site site, List<Checked.Good> good, Lineage lineage) {
    SortedMap<Long, EntryFacts> arrivals = new TreeMap<>();
    for (Checked.Good entry : good) {
      Facts facts = lineage.factsAt(entry.index());
      arrivals.put(
          entry.index(),
          new EntryFacts(
              entry.device(),
              entry.certificate().serial(),
              entry.certificate().fingerprint(),
              entry.certificate().publicKey().hash(),
              entry.issuer(),
              site.name().site(),
              facts.order(),
              facts.model(),
              facts.hardwareRevision(),
              facts.lot(),
              facts.profile(),
              facts.station()));
    }
    return arrivals;
  }

  private static void addMembers(
      CredentialRecords records, LogId log, SortedMap<Long, EntryFacts> arrivals) {
    SortedMap<Term, List<Place>> places = new TreeMap<>();
    arrivals.forEach((index, facts) ->
        Term.shared(facts)
            .forEach(term ->
                places.computeIfAbsent(term, key -> new ArrayList<>()).add(new Place(log, index))));
    SortedMap<Term, Members> members = new TreeMap<>();
    places.forEach((term, list) -> members.put(term, Members.of(list)));
    records.addMembers(log, members);
  }

  private static void note(
      RegistryTransaction tx, Result result, Position before, SortedMap<Reason, Integer> numbered) {
    List<DeviceRecords.Event> events = new ArrayList<>();
    for (Finding finding : result.findings()) {
      Position change =
          new Position(
              before.incarnation(), before.number() + numbered.getOrDefault(finding.reason(), 0));
      finding.tellings().forEach(telling -> events.add(telling.event(result, finding, change)));
    }
    tx.devices().note(events);
  }

  private static void raise(
      RegistryTransaction tx, Result result, LateArrivals.Settlement settlement) {
    List<Alarm> alarms = new ArrayList<>(result.alarms());
    for (Finding finding : result.findings()) {
      if (finding.reason() == Reason.OVER_PRODUCTION) {
        alarms.add(result.alarm(Alarm.Kind.OVER_PRODUCTION, finding.index(), finding.detail()));
      }
    }
    settlement
        .matched()
        .forEach((index, change) -> {
          if (result.feeds().getOrDefault(index, Position.START).reaches(change)) {
            alarms.add(
                result.alarm(
                    Alarm.Kind.ISSUED_AGAINST_RECALL,
                    index,
                    "the site had applied change " + change + " when it issued this"));
          }
        });
    if (!alarms.isEmpty()) {
      tx.alarms().raise(alarms);
    }
  }

  private static List<Place> places(Result result, Reason reason) {
    return result.findings().stream()
        .filter(finding -> finding.reason() == reason)
        .map(finding -> new Place(result.log(), finding.index()))
        .toList();
  }

  private static Members members(LogId log, Iterable<Long> indexes) {
    List<Place> places = new ArrayList<>();
    indexes.forEach(index -> places.add(new Place(log, index)));
    return Members.of(places);
  }
}
