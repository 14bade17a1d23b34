package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a change was asked for by: attributes and the value that each must have, all of them. Later
 * entries are matched against it while the change is in force. The empty selector matches nothing:
 * it is that of a change which concerns its members and no others, such as a follow-on.
 *
 * @param values by attribute, in the order of the names, each in its one spelling
 */
public record Selector(SortedMap<SelectorAttribute, String> values) {
  /** Octets of the longest text of a selector. */
  public static final int MAX_LENGTH = 8192;

  private static final Selector NONE = new Selector(new TreeMap<>());

  /**
   * Brings each value into its one spelling (hexadecimal without colons and in lower case, and so
   * on); {@link IllegalArgumentException} if one cannot be a value of its attribute.
   */
  public Selector {
    SortedMap<SelectorAttribute, String> canonical = new TreeMap<>();
    values.forEach((attribute, value) -> canonical.put(attribute, attribute.canonical(value)));
    values = Collections.unmodifiableSortedMap(canonical);
  }

  /** The empty selector. */
  public static Selector none() {
    return NONE;
  }

  /** By one attribute. */
  public static Selector of(SelectorAttribute attribute, String value) {
    SortedMap<SelectorAttribute, String> values = new TreeMap<>();
    values.put(attribute, value);
    return new Selector(values);
  }

  /** Reads the canonical text, as {@link #text()} writes it, and no other spelling. */
  public static Selector parse(String text) throws MalformedException {
    if (text.length() > MAX_LENGTH || text.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
      throw new MalformedException("selector", "more than " + MAX_LENGTH + " octets");
    }
    Selector selector;
    try {
      selector = new Selector(SelectorText.parse(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("selector", String.valueOf(e.getMessage()));
    }
    if (!selector.text().equals(text)) {
      throw new MalformedException("selector", "not in canonical form");
    }
    return selector;
  }

  /**
   * A JSON object: members sorted by name, values strings, no white space, no escapes but of the
   * quotation mark and the backslash.
   */
  public String text() {
    return SelectorText.write(values);
  }

  /** The value of one attribute, if it is selected by. */
  public Optional<String> value(SelectorAttribute attribute) {
    return Optional.ofNullable(values.get(attribute));
  }

  /** Whether there is no attribute. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether the entry has every value that is asked for; never, if none is. */
  public boolean matches(EntryFacts facts) {
    for (Map.Entry<SelectorAttribute, String> wanted : values.entrySet()) {
      if (!wanted.getValue().equals(facts.value(wanted.getKey()))) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return text();
  }
}
