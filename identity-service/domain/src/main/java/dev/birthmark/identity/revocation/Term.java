package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.EntryFacts;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One value of one attribute, in its one spelling.
 *
 * @param attribute which
 * @param value what it must be
 */
public record Term(SelectorAttribute attribute, String value) implements Comparable<Term> {
  private static final Comparator<Term> ORDER =
      Comparator.comparing(Term::attribute).thenComparing(Term::value);

  /** The most telling first. */
  private static final List<SelectorAttribute> TELLING =
      List.of(
          SelectorAttribute.CHANGE,
          SelectorAttribute.FINGERPRINT,
          SelectorAttribute.SERIAL,
          SelectorAttribute.KEY,
          SelectorAttribute.DEVICE_ID,
          SelectorAttribute.ORDER,
          SelectorAttribute.LOT,
          SelectorAttribute.STATION,
          SelectorAttribute.HARDWARE_REVISION,
          SelectorAttribute.MODEL,
          SelectorAttribute.PROFILE,
          SelectorAttribute.SITE,
          SelectorAttribute.ISSUER);

  /** The terms of a selector, the most telling first; changes in force are found by that one. */
  public static List<Term> of(Selector selector) {
    return TELLING.stream()
        .flatMap(field -> selector.value(field).map(value -> new Term(field, value)).stream())
        .toList();
  }

  /** What an entry has, in no order; what is empty is left out. */
  public static List<Term> of(EntryFacts facts) {
    List<Term> terms = new ArrayList<>();
    add(terms, SelectorAttribute.FINGERPRINT, facts.fingerprint().hex());
    add(terms, SelectorAttribute.SERIAL, facts.serial().hex());
    add(terms, SelectorAttribute.KEY, facts.key().hex());
    add(terms, SelectorAttribute.DEVICE_ID, facts.deviceId().canonical());
    terms.addAll(shared(facts));
    return terms;
  }

  /** What an entry shares with others: the attributes that have membership bitmaps. */
  public static List<Term> shared(EntryFacts facts) {
    List<Term> terms = new ArrayList<>();
    add(terms, SelectorAttribute.ORDER, facts.order());
    add(terms, SelectorAttribute.LOT, facts.lot());
    add(terms, SelectorAttribute.STATION, facts.station());
    add(terms, SelectorAttribute.HARDWARE_REVISION, facts.hardwareRevision());
    add(terms, SelectorAttribute.MODEL, facts.model());
    add(terms, SelectorAttribute.PROFILE, facts.profile());
    add(terms, SelectorAttribute.SITE, facts.site());
    add(terms, SelectorAttribute.ISSUER, facts.issuer().toString());
    return terms;
  }

  private static void add(List<Term> terms, SelectorAttribute attribute, String value) {
    if (!value.isEmpty()) {
      terms.add(new Term(attribute, value));
    }
  }

  @Override
  public int compareTo(Term other) {
    return ORDER.compare(this, other);
  }
}
