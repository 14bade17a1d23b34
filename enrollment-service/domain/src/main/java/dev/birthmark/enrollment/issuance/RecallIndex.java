package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.feed.EntryFacts;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes of trust in force at one position of the feed, found by the first attribute of their
 * selectors, so that a thousand recalled devices cost no more than one.
 */
final class RecallIndex {
  private final Optional<Position> asOf;
  private final SortedMap<SelectorAttribute, SortedMap<String, List<Recall>>> byFirst =
      new TreeMap<>();

  RecallIndex(Optional<Position> asOf, List<Recall> inForce) {
    this.asOf = asOf;
    for (Recall recall : inForce) {
      Selector selector = recall.selector();
      if (!selector.isEmpty()) {
        SelectorAttribute first = selector.values().firstKey();
        byFirst
            .computeIfAbsent(first, attribute -> new TreeMap<>())
            .computeIfAbsent(selector.values().get(first), value -> new ArrayList<>())
            .add(recall);
      }
    }
  }

  /** Whether nothing has changed since. */
  boolean isAsOf(Optional<Position> position) {
    return asOf.equals(position);
  }

  /** The recall of the highest number that matches. */
  Optional<Recall> matching(EntryFacts facts) {
    Optional<Recall> highest = Optional.empty();
    for (SelectorAttribute first : byFirst.keySet()) {
      for (Recall recall : byFirst.get(first).getOrDefault(facts.value(first), List.of())) {
        if (recall.selector().matches(facts)
            && highest.filter(h -> h.position().reaches(recall.position())).isEmpty()) {
          highest = Optional.of(recall);
        }
      }
    }
    return highest;
  }
}
