package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.pkix.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The head of a tenant's feed and of the logs that it speaks of: the text of a note that the
 * cosigner key signs under the head's name. Its second line has a colon, so it is no checkpoint.
 *
 * @param name {@code {base}/feed/{tenant}} without the scheme: see {@link #name(String, String)}
 * @param position of the last change
 * @param hash of the last change; 32 zeros if there is none
 * @param logs how far each log was ingested, in the order of log ids
 */
public record FeedHead(
    String name, Position position, Sha256 hash, SortedMap<LogId, LogHead> logs) {
  private static final int FIXED_LINES = 3;
  private static final int LOG_FIELDS = 3;

  /** Refuses what could not be a note's text. */
  public FeedHead {
    LogOrigin.check(name);
    logs = Collections.unmodifiableSortedMap(new TreeMap<>(logs));
  }

  /** The name of a tenant's head, and of the key that signs it: the base URL without its scheme. */
  public static String name(String baseUrl, String tenant) {
    String host = baseUrl.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    String escaped = URLEncoder.encode(tenant, StandardCharsets.UTF_8).replace("+", "%20");
    return LogOrigin.check(host + "/feed/" + escaped);
  }

  /**
   * The lines: name, {@code incarnation:number}, the hash in base64, then {@code logId size root}
   * for each log.
   */
  public String text() {
    StringBuilder text =
        new StringBuilder(name)
            .append('\n')
            .append(position)
            .append('\n')
            .append(Base64Text.encode(hash.bytes()))
            .append('\n');
    for (Map.Entry<LogId, LogHead> log : logs.entrySet()) {
      LogHead head = log.getValue();
      text.append(log.getKey().hex())
          .append(' ')
          .append(head.size())
          .append(' ')
          .append(Base64Text.encode(head.root().bytes()))
          .append('\n');
    }
    return text.toString();
  }

  /** Reads the text of a note, exactly as {@link #text()} writes it. */
  public static FeedHead parse(String text) throws MalformedException {
    String[] lines = text.split("\n", -1);
    int end = lines.length - 1;
    if (end < FIXED_LINES || !lines[end].isEmpty()) {
      throw new MalformedException("feed head", "not at least three lines");
    }
    SortedMap<LogId, LogHead> logs = new TreeMap<>();
    try {
      for (int i = FIXED_LINES; i < end; i++) {
        String[] fields = lines[i].split(" ", -1);
        if (fields.length != LOG_FIELDS) {
          throw new MalformedException("feed head", "a log that is not id, size and root");
        }
        LogId log = LogId.fromHex(fields[0]);
        if (!logs.isEmpty() && logs.lastKey().compareTo(log) >= 0) {
          throw new MalformedException("feed head", "logs not in their order");
        }
        long size = DecimalText.parse("feed head", fields[1], MerkleTree.MAX_SIZE);
        logs.put(log, new LogHead(size, hash(fields[2])));
      }
      FeedHead head = new FeedHead(lines[0], Position.parse(lines[1]), hash(lines[2]), logs);
      if (head.text().equals(text)) {
        return head;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException("feed head", String.valueOf(e.getMessage()));
    }
    throw new MalformedException("feed head", "in another spelling");
  }

  private static Sha256 hash(String base64) throws MalformedException {
    return new Sha256(Base64Text.decode("feed head", base64));
  }
}
