package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.identity.registry.EntryCheck.Checked;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where each entry of a push comes from: the facts it has, those of a renewal with the order at its
 * beginning, and which renewals renew a credential of the same device and site.
 *
 * @param facts by index
 * @param renewals the place that is renewed, by index; only where it may be
 */
record Lineage(SortedMap<Long, Facts> facts, SortedMap<Long, Place> renewals) {

  static Lineage of(CredentialRecords records, Site site, LogId log, List<Checked.Good> entries) {
    SortedMap<Place, Parent> parents = known(records, entries);
    Lineage lineage = new Lineage(new TreeMap<>(), new TreeMap<>());
    for (Checked.Good entry : entries) {
      String order =
          switch (entry.entry().warrant()) {
            case Warrant.Order made -> made.id();
            case Warrant.Renewal(Place renewed) -> {
              Parent parent = parents.get(renewed);
              if (parent == null || !parent.isOf(site, entry)) {
                yield "";
              }
              lineage.renewals.put(entry.index(), renewed);
              yield parent.facts().order();
            }
            case Warrant.None none -> "";
          };
      Facts facts = facts(site, order, entry.entry());
      lineage.facts.put(entry.index(), facts);
      parents.put(new Place(log, entry.index()), new Parent(entry.device().canonical(), facts));
    }
    return lineage;
  }

  Facts factsAt(long index) {
    Facts found = facts.get(index);
    if (found == null) {
      throw new IllegalStateException("no facts at " + index);
    }
    return found;
  }

  private static SortedMap<Place, Parent> known(
      CredentialRecords records, List<Checked.Good> entries) {
    SortedSet<Place> renewed = new TreeSet<>();
    for (Checked.Good entry : entries) {
      if (entry.entry().warrant() instanceof Warrant.Renewal(Place place)) {
        renewed.add(place);
      }
    }
    SortedMap<Place, Parent> parents = new TreeMap<>();
    if (!renewed.isEmpty()) {
      SortedMap<Place, Credential> credentials = records.at(renewed);
      SortedSet<Integer> ids = new TreeSet<>();
      credentials.values().forEach(credential -> ids.add(credential.facts()));
      Map<Integer, Facts> facts = records.facts(ids);
      credentials.forEach((place, credential) -> {
        Facts shared = facts.get(credential.facts());
        if (shared != null) {
          parents.put(place, new Parent(credential.device().canonical(), shared));
        }
      });
    }
    return parents;
  }

  private static Facts facts(Site site, String order, Entry entry) {
    return new Facts(
        site.name(),
        order,
        entry.lot(),
        entry.model(),
        entry.hardwareRevision(),
        entry.profile(),
        entry.station());
  }

  private record Parent(String device, Facts facts) {
    boolean isOf(Site site, Checked.Good child) {
      return facts.site().equals(site.name()) && device.equals(child.device().canonical());
    }
  }
}
