package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.feed.SelectorAttribute;
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

  @Override
  public int compareTo(Term other) {
    return ORDER.compare(this, other);
  }
}
