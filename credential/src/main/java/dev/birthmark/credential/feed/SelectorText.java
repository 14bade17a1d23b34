package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.MalformedException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The part of JSON that a selector's text needs: one object whose values are strings. */
final class SelectorText {
  private final String text;
  private int at;

  private SelectorText(String text) {
    this.text = text;
  }

  static String write(SortedMap<SelectorAttribute, String> values) {
    StringBuilder out = new StringBuilder("{");
    values.forEach((attribute, value) -> {
      out.append(out.length() == 1 ? "\"" : ",\"").append(attribute.text()).append("\":\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
      out.append('"');
    });
    return out.append('}').toString();
  }

  static SortedMap<SelectorAttribute, String> parse(String text) throws MalformedException {
    SelectorText reader = new SelectorText(text);
    SortedMap<SelectorAttribute, String> values = new TreeMap<>();
    reader.expect('{');
    if (!reader.skip('}')) {
      do {
        SelectorAttribute attribute = SelectorAttribute.fromText(reader.string());
        reader.expect(':');
        if (values.put(attribute, reader.string()) != null) {
          throw new MalformedException("selector", "the same attribute twice");
        }
      } while (reader.skip(','));
      reader.expect('}');
    }
    if (reader.at != text.length()) {
      throw new MalformedException("selector", "text after the object");
    }
    return values;
  }

  private String string() throws MalformedException {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (!skip('"')) {
      if (skip('\\') && !next('"') && !next('\\')) {
        throw new MalformedException("selector", "an escape at " + at);
      }
      if (at == text.length()) {
        throw new MalformedException("selector", "cut short");
      }
      out.append(text.charAt(at++));
    }
    return out.toString();
  }

  private void expect(char c) throws MalformedException {
    if (!skip(c)) {
      throw new MalformedException("selector", "no " + c + " at " + at);
    }
  }

  private boolean skip(char c) {
    boolean found = next(c);
    if (found) {
      at++;
    }
    return found;
  }

  private boolean next(char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
