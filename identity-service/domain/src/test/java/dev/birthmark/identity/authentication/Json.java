package dev.birthmark.identity.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Just enough JSON to read test vectors, which are trusted. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    Object value = new Json(text).value();
    if (value == null) {
      throw new IllegalArgumentException("null");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> array(Object object, String member) {
    return (List<Object>) member(object, member);
  }

  static String text(Object object, String member) {
    return String.valueOf(member(object, member));
  }

  static boolean isNull(Object object, String member) {
    return member(object, member) == null;
  }

  private static @Nullable Object member(Object object, String member) {
    return ((Map<?, ?>) object).get(member);
  }

  private @Nullable Object value() {
    char c = next();
    return switch (c) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new TreeMap<>();
    at++;
    while (next() != '}') {
      String name = string();
      next();
      at++;
      members.put(name, value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return members;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    while (next() != ']') {
      items.add(value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return items;
  }

  private String string() {
    next();
    StringBuilder string = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        c = text.charAt(++at);
        if (c == 'u') {
          c = (char) Integer.parseInt(text, at + 1, at + 5, 16);
          at += 4;
        } else if ("nrtbf".indexOf(c) >= 0) {
          c = "\n\r\t\b\f".charAt("nrtbf".indexOf(c));
        }
      }
      string.append(c);
    }
    at++;
    return string.toString();
  }

  private @Nullable Object word() {
    int from = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return word.equals("null") ? null : word;
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }
}
