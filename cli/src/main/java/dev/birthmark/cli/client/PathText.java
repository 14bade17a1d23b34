package dev.birthmark.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as one segment of a path or one value of a query. */
public final class PathText {

  private PathText() {}

  /** Percent-encodes whatever is not plain. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
